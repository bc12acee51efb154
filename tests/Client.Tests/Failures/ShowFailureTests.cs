using System.Text.Json.Nodes;
using Grid.Client.Tests.Running;

namespace Grid.Client.Tests.Failures;

/// <summary>What <c>show ID TRIAL</c> says of trials whose stages really fail, each in its way.</summary>
public sealed class ShowFailureTests : IDisposable
{
    private readonly SweepFolder sweep = new();

    public void Dispose() => sweep.Dispose();

    [Fact]
    public async Task An_error_of_a_stage_is_told_to_come_again()
    {
        await GridProcess.Run("prune=refuse", "run", sweep.File, "--home", sweep.Home);

        var (text, failure) = await Show();

        failure["cause"]!.GetValue<string>().ShouldBe("error");
        failure["again"]!.GetValue<bool>().ShouldBeFalse();
        Attempts(failure).ShouldBe([(1, "failed")]);
        text.ShouldContain("Its prune stage failed: refused on purpose");
        text.ShouldContain("The same again would fail the same way.");
        text.ShouldContain($"  grid resume {Id(failure)} --retry-failed --home {sweep.Home}\n");
    }

    [Fact]
    public async Task A_fault_in_native_code_is_shown_with_every_attempt_and_the_last_output()
    {
        await GridProcess.Run("prune=crash", "run", sweep.File, "--home", sweep.Home);

        var (text, failure) = await Show();

        (failure["cause"]!.GetValue<string>(), failure["final"]!.GetValue<bool>()).ShouldBe(("crash", true));
        Attempts(failure).ShouldBe([(1, "crashed"), (2, "crashed"), (3, "crashed")]);
        failure["output"]!.GetValue<string>().ShouldContain("faulting on purpose");
        text.ShouldContain("Given up after 3 attempts that ended their runner. The runner was killed by SIGSEGV");
        text.ShouldContain("  | faulting on purpose");
        text.ShouldContain("grid doctor");
    }

    [Fact]
    public async Task What_the_kernel_kills_is_taken_for_a_want_of_memory()
    {
        await GridProcess.Run("prune=oom-like", "run", sweep.File, "--home", sweep.Home);

        var (text, failure) = await Show();

        failure["cause"]!.GetValue<string>().ShouldBe("memory");
        text.ShouldContain("It looks like a want of memory");
        failure["next"]!.GetValue<string>().ShouldEndWith("--slots 1");
        // The command that is told is one that works.
        var next = failure["next"]!.GetValue<string>().Split(' ')[1..];
        (await GridProcess.Run(null, next)).ExitCode.ShouldBe(ExitCodes.Done);
    }

    [Fact]
    public async Task A_time_limit_is_named_with_the_setting_that_raises_it()
    {
        await File.AppendAllTextAsync(sweep.File, "\nlimits: { stage-time: 1s }\n");
        await GridProcess.Run("prune=hang", "run", sweep.File, "--home", sweep.Home);

        var (text, failure) = await Show();

        failure["cause"]!.GetValue<string>().ShouldBe("time-limit");
        Attempts(failure).ShouldBe([(1, "timed-out"), (2, "timed-out"), (3, "timed-out")]);
        text.ShouldContain("An attempt may take 1.0 s.");
        text.ShouldContain("limits: { stage-time: 2h }");
        text.ShouldContain("grid run FILE --retry-failed");
    }

    /// <summary>The text and the failure of the first trial that has one.</summary>
    private async Task<(string Text, JsonNode Failure)> Show()
    {
        var trials = (await ConsoleRun.Of("show", "latest", "--home", sweep.Home, "--json")).Document["trials"]!.AsArray();
        var failed = $"{trials.First(t => t!["status"]!.GetValue<string>() == "failed")!["trial"]}";
        var text = (await ConsoleRun.Of("show", "latest", failed, "--home", sweep.Home)).Output.ReplaceLineEndings("\n");
        return (text, (await ConsoleRun.Of("show", "latest", failed, "--home", sweep.Home, "--json")).Document["failure"]!);
    }

    private static IEnumerable<(int, string)> Attempts(JsonNode failure) =>
        failure["attempts"]!.AsArray().Select(a => (a!["attempt"]!.GetValue<int>(), a["outcome"]!.GetValue<string>()));

    private static string Id(JsonNode failure) => failure["next"]!.GetValue<string>().Split(' ')[2];
}
