using System.Text.Json.Nodes;

namespace Grid.Client.Tests.Commands;

public sealed class FrontierCommandTests : IAsyncLifetime
{
    private readonly TemporaryHome home = TemporaryHome.Create();

    public async ValueTask InitializeAsync() => await StoredSweep.AddTo(home);

    public ValueTask DisposeAsync() => home.DisposeAsync();

    [Fact]
    public async Task The_document_sorts_every_measured_model()
    {
        var run = await Run("latest", "--json");

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Error.ShouldBeEmpty();
        run.Document["experiment"]!.GetValue<string>().ShouldBe(StoredSweep.Id);
        Trials(run, "frontier").ShouldBe([0, 1, 2, 3]);
        Trials(run, "dominated").ShouldBe([4, 5]);
        run.Document["hypervolume"]!.GetValue<double>().ShouldBeGreaterThan(0);
        run.Document["objectives"]!.AsArray().Select(o => o!.ToJsonString()).ShouldContain("""{"metric":"latency-p50","direction":"min"}""");
    }

    [Fact]
    public async Task Every_point_of_the_document_names_its_settings_and_its_file()
    {
        var point = (await Run("latest", "--json")).Document["frontier"]![2]!;

        point["config"]!["prune.ratio"]!.GetValue<double>().ShouldBe(0.6);
        (await File.ReadAllBytesAsync(point["artifact"]!.GetValue<string>())).ShouldBe(StoredSweep.Model(2));
    }

    [Theory]
    [InlineData("--max-latency", "5us", new[] { 2, 3 })]
    [InlineData("--max-size", "45KB", new[] { 2, 3 })]
    [InlineData("--max-accuracy-drop", "0.25%", new[] { 0, 1 })]
    [InlineData("--min-accuracy", "0.96", new[] { 0, 1, 2 })]
    public async Task A_limit_leaves_out_what_breaks_it(string option, string value, int[] trials)
    {
        var run = await Run("latest", option, value, "--json");

        Trials(run, "frontier").ShouldBe(trials);
        Trials(run, "dominated").Length.ShouldBe(6 - trials.Length);
    }

    [Fact]
    public async Task Limits_that_nothing_keeps_leave_nothing_usable_and_a_reason()
    {
        var run = await Run("latest", "--max-latency", "1ns");
        var json = await Run("latest", "--max-latency", "1ns", "--json");

        run.ExitCode.ShouldBe(ExitCodes.NothingUsable);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("Loosen a limit");
        json.ExitCode.ShouldBe(ExitCodes.NothingUsable);
        json.Document["frontier"]!.AsArray().ShouldBeEmpty();
        json.Problems.Single().ShouldBe(run.Error.Trim());
    }

    [Fact]
    public async Task A_limit_that_is_no_quantity_says_how_to_write_one()
    {
        var run = await Run("latest", "--max-latency", "fast", "--max-size", "5us");

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("--max-latency is 'fast'; write it as 50us");
        run.Error.ShouldContain("--max-size is '5us'; write it as 100KB");
    }

    [Fact]
    public async Task People_see_a_plot_a_table_and_a_recommendation()
    {
        var run = await Run(StoredSweep.Id[..9]);

        run.ExitCode.ShouldBe(ExitCodes.Done);
        run.Output.ShouldContain("★ recommended");
        run.Output.ShouldContain("4 of 6 models are on the frontier");
        run.Output.ShouldContain("Trial 2 is recommended");
        run.Output.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task What_is_left_out_is_told_with_its_reason()
    {
        var run = await Run("latest");

        run.Output.ShouldContain("Left out: trial 5, because accuracy-drop 0.47 is above the limit 0.02.");
    }

    [Fact]
    public async Task Each_class_of_machines_has_a_frontier_of_its_own()
    {
        await StoredSweep.AddTwoClassesTo(home);

        var first = await Run("classes", "--json");
        var local = await Run("classes", "--device", "local", "--json");

        first.Document["device"]!.GetValue<string>().ShouldBe("arm");
        Latencies(first).ShouldAllBe(latency => latency == StoredSweep.Slow);
        local.Document["device"]!.GetValue<string>().ShouldBe("local");
        Latencies(local).ShouldAllBe(latency => latency < StoredSweep.Slow);
        Trials(local, "frontier").ShouldBe([0, 1, 2, 3]);
        local.Document["others"]!.AsArray().ShouldBeEmpty();
        var other = first.Document["others"]!.AsArray().ShouldHaveSingleItem()!;
        other["device"]!.GetValue<string>().ShouldBe("local");
        other["frontier"]!.ToJsonString().ShouldBe(local.Document["frontier"]!.ToJsonString());
        other["hypervolume"]!.GetValue<double>().ShouldBe(local.Document["hypervolume"]!.GetValue<double>());
    }

    [Fact]
    public async Task The_classes_stand_side_by_side_with_the_frontier_of_each_marked()
    {
        await StoredSweep.AddTwoClassesTo(home);

        var lines = (await Run("classes")).Output.Split('\n');

        lines.ShouldContain(l => l.Contains("models are on the frontier of arm"));
        lines.ShouldContain(l => l.Contains("4 of 6 models are on the frontier of local"));
        lines.ShouldContain(l => l.Contains("arm ──") && l.Contains("local ──"));
        // As fast as all others on the one, on the frontier of the other.
        lines.Single(l => l.Contains("prune ratio=0.6")).ShouldContain("★  5.00 µs");
        lines.Single(l => l.Contains("prune ratio=0.6") && l.Contains("1.00 ms")).ShouldContain("40.0 KB");
    }

    [Theory]
    [InlineData("frontier")]
    [InlineData("show")]
    [InlineData("pick")]
    [InlineData("report")]
    [InlineData("export", "--output", "never-written")]
    public async Task A_class_that_the_sweep_is_not_measured_on_is_refused(string command, params string[] more)
    {
        await StoredSweep.AddTwoClassesTo(home);

        var run = await ConsoleRun.Of([command, "classes", .. more, "--device", "xeon", "--home", home.Path]);

        run.ExitCode.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("is not measured on 'xeon'; accepted with --device: arm, local.");
    }

    [Theory]
    [InlineData("show", "classes")]
    [InlineData("show", "classes", "1")]
    [InlineData("pick", "classes")]
    [InlineData("report", "classes")]
    [InlineData("export", "classes", "--output", "{out}")]
    public async Task Every_command_that_reads_results_takes_a_class(params string[] line)
    {
        await StoredSweep.AddTwoClassesTo(home);

        var run = await ConsoleRun.Of(
            [.. line.Select(word => word.Replace("{out}", Path.Combine(home.Path, "out"))), "--device", "local", "--home", home.Path, "--json"]);

        run.Document["device"]!.GetValue<string>().ShouldBe("local");
    }

    private static IEnumerable<double> Latencies(ConsoleRun run) =>
        run.Document["frontier"]!.AsArray().Select(p => p!["metrics"]!["latency-p50"]!["value"]!.GetValue<double>());

    private Task<ConsoleRun> Run(params string[] arguments) => ConsoleRun.Of(["frontier", .. arguments, "--home", home.Path]);

    private static int[] Trials(ConsoleRun run, string member) => [.. run.Document[member]!.AsArray().Select((JsonNode? p) => p!["trial"]!.GetValue<int>())];
}
