using System.Net;
using System.Net.Sockets;
using Grid.Client.Tests.Browsing;
using Grid.Client.Tests.Running;
using Grid.Experiments.Stages;

namespace Grid.Client.Tests.Live;

/// <summary>The live page of a real process, from its first line to its end.</summary>
public sealed class LiveRunTests(Browser browser) : IDisposable
{
    private readonly SweepFolder sweep = new();

    public void Dispose() => sweep.Dispose();

    [Fact]
    public async Task A_run_prints_where_its_page_is_and_the_page_sees_it_end()
    {
        using var grid = GridProcess.Start("prune=hang", "run", sweep.File, "--home", sweep.Home, "--page", "--json");
        await sweep.UntilRunning(grid, StageKind.Prune);
        await using var page = await browser.Open(await grid.Line("Live: "));
        await page.Saw("progress-now", "prune");
        await page.Saw("summary", " measured, 0 failed");

        grid.Interrupt();

        await page.Saw("live", "The run has ended");
        await page.Saw("status", "interrupted");
        (await grid.End()).ExitCode.ShouldBe(ExitCodes.Interrupted);
        page.Complaints.Where(c => !c.Contains("ERR_CONNECTION_REFUSED")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_stages_to_come_count_the_tests_at_the_end()
    {
        await ConsoleRun.WithStandIn("run", sweep.File, "--home", sweep.Home, "--json");
        await File.WriteAllTextAsync(sweep.File, (await File.ReadAllTextAsync(sweep.File)).Replace("0.9]", "0.9, 0.7]"));
        using var grid = GridProcess.Start("prune=hang", "extend", "small", sweep.File, "--home", sweep.Home, "--page", "--json");
        await using var page = await browser.Open(await grid.Line("Live: "));
        await page.Saw("summary", "6 trials measured");

        var planned = (await ConsoleRun.Of("plan", sweep.File, "--home", sweep.Home, "--json")).Document["stages"]!["total"]!.GetValue<int>();
        var shown = (await ConsoleRun.Of("show", "latest", "--home", sweep.Home, "--json")).Document;

        var tested = shown["frontier"]!.AsArray().Select(p => p!["trial"]!.GetValue<int>()).Append(0).Distinct().Count();
        await page.Saw("progress-now", $"of {planned + tested}");
        grid.Interrupt();
        await grid.End();
    }

    [Fact]
    public async Task A_port_that_is_taken_costs_the_page_and_not_the_run()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var run = await GridProcess.Run(null, "run", sweep.File, "--home", sweep.Home, "--page", $"{port}", "--json");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Error.ShouldContain("There is no live page: ");
        run.Error.ShouldNotContain("Live: ");
    }

    [Theory]
    [InlineData("run", "x.yaml", "--page", "70000")]
    [InlineData("watch", "--page", "here")]
    public async Task What_is_no_port_is_refused(params string[] arguments)
    {
        var run = await ConsoleRun.Of(arguments);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("it must be a port from 1 to 65535, or 0 or nothing for any that is free.");
    }
}
