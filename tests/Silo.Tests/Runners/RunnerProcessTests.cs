using System.Diagnostics;
using Grid.Experiments.Stages;
using Grid.Silo.Runners;
using Grid.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Silo.Tests.Runners;

public sealed class RunnerProcessTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new();
    private RunnerProcess runner;

    public RunnerProcessTests() => runner = New(new RunnerOptions { Executable = StandInProcess.File });

    [Fact]
    public async Task A_stage_is_done_and_the_runner_is_kept_for_the_next()
    {
        var first = await Execute("ok");
        var process = runner.ProcessId.ShouldNotBeNull();
        var second = await Execute("progress", StageKind.Measure);

        (first.Outcome, first.Error).ShouldBe((StageOutcome.Done, null));
        File.Exists(folder.File("out")).ShouldBeTrue();
        second.Result.Metrics["accuracy"].Value.ShouldNotBeNull();
        runner.ProcessId.ShouldBe(process);
    }

    [Fact]
    public async Task Progress_is_passed_on_in_order()
    {
        var seen = new List<(double, string)>();

        await runner.Execute(Order("progress"), Limit, new StageObserver((fraction, text) => seen.Add((fraction, text))), default);

        seen.ShouldBe([(0.25, "a quarter"), (0.75, "three quarters")]);
    }

    [Fact]
    public async Task Checkpoints_are_passed_on_in_order_also_by_a_runner_that_then_dies()
    {
        var seen = new List<(string Path, int Epochs)>();
        var observer = new StageObserver((_, _) => { }) { Checkpoint = (path, epochs) => seen.Add((path, epochs)) };

        var report = await runner.Execute(Order("checkpoint"), Limit, observer, default);

        report.Outcome.ShouldBe(StageOutcome.Crashed);
        seen.ShouldBe([(Order("").CheckpointTarget(1), 1), (Order("").CheckpointTarget(2), 2)]);
        File.ReadAllText(seen[1].Path).ShouldBe("a-key after 2");
    }

    [Theory]
    [InlineData("GRID_STORE_OF_TEST", "nothing")]
    [InlineData("GRID_TLS_OF_TEST", "nothing")]
    [InlineData("PGPASS_OF_TEST", "nothing")]
    [InlineData("GRID_DATA_OF_TEST", "known")]
    public async Task A_runner_knows_the_silo_s_settings_but_not_its_secrets(string variable, string known)
    {
        Environment.SetEnvironmentVariable(variable, "known");
        var seen = new List<string>();

        await runner.Execute(Order($"knows:{variable}"), Limit, new StageObserver((_, text) => seen.Add(text)), default);

        seen.ShouldBe([known]);
    }

    [Theory]
    [InlineData("throw", "InvalidOperationException: thrown on purpose\n   at Grid.StandInRunner.Behaviour.During")]
    [InlineData("refuse", "refused on purpose")]
    public async Task An_exception_fails_the_stage_and_leaves_the_runner_running(string behaviour, string error)
    {
        var report = await Execute(behaviour);

        report.Outcome.ShouldBe(StageOutcome.Failed);
        report.Error!.ShouldStartWith(error);
        runner.ProcessId.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("crash", "killed by SIGSEGV", "faulting on purpose")]
    [InlineData("abort", "killed by SIGABRT", "c10::Error")]
    [InlineData("oom-like", "killed by SIGKILL: the kernel may have run out of memory", "")]
    [InlineData("exit", "exited in mid-stage with code 3", "leaving on purpose")]
    public async Task A_runner_that_dies_is_a_crash_with_its_evidence_and_the_next_order_works(string behaviour, string reason, string output)
    {
        var report = await Execute(behaviour);
        var next = await Execute("ok");

        report.Outcome.ShouldBe(StageOutcome.Crashed);
        report.Error!.ShouldContain(reason);
        report.Error!.ShouldContain(output);
        next.Outcome.ShouldBe(StageOutcome.Done);
    }

    [Theory]
    [InlineData("garbage", "no message")]
    [InlineData("wrong-key", "another")]
    [InlineData("checkpoint-elsewhere", "checkpoint")]
    public async Task A_runner_that_answers_nonsense_is_killed_and_the_next_order_works(string behaviour, string reason)
    {
        var report = await Execute(behaviour);
        var next = await Execute("ok");

        report.Outcome.ShouldBe(StageOutcome.Crashed);
        report.Error!.ShouldContain(reason);
        next.Outcome.ShouldBe(StageOutcome.Done);
    }

    [Fact]
    public async Task What_native_code_prints_among_the_messages_does_no_harm()
    {
        (await Execute("chatter")).Outcome.ShouldBe(StageOutcome.Done);
        (await Execute("chatter")).Outcome.ShouldBe(StageOutcome.Done);
    }

    [Fact]
    public async Task A_stage_that_outlasts_its_limit_is_killed()
    {
        var report = await runner.Execute(Order("hang"), Limit, new StageObserver((_, _) => time.Advance(Limit)), default);
        var dead = runner.ProcessId;
        var next = await Execute("ok");

        report.Outcome.ShouldBe(StageOutcome.TimedOut);
        report.Error!.ShouldContain("time limit of 300 s");
        dead.ShouldBeNull();
        next.Outcome.ShouldBe(StageOutcome.Done);
    }

    [Fact]
    public async Task Waiting_for_the_machine_does_not_count_against_the_limit()
    {
        var texts = new List<string>();

        var report = await runner.Execute(
            Order("wait"),
            Limit,
            new StageObserver((_, text) =>
            {
                texts.Add(text);
                time.Advance(Limit * 3);
            }),
            default);

        texts.ShouldBe(["waiting for the machine"]);
        report.Outcome.ShouldBe(StageOutcome.Done);
    }

    [Fact]
    public async Task Cancelling_kills_the_runner_in_native_code_and_the_next_order_works()
    {
        using var cancel = new CancellationTokenSource();
        Process? process = null;

        await Should.ThrowAsync<OperationCanceledException>(() => runner.Execute(
            Order("hang"),
            Limit,
            new StageObserver((_, _) =>
            {
                process = Process.GetProcessById(runner.ProcessId!.Value);
                cancel.Cancel();
            }),
            cancel.Token));

        process!.WaitForExit(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        (await Execute("ok")).Outcome.ShouldBe(StageOutcome.Done);
    }

    [Fact]
    public async Task A_runner_killed_between_stages_is_replaced_without_a_crash()
    {
        await Execute("ok");
        using var process = Process.GetProcessById(runner.ProcessId!.Value);
        process.Kill();
        await process.WaitForExitAsync();

        (await Execute("ok")).Outcome.ShouldBe(StageOutcome.Done);
    }

    [Fact]
    public async Task Large_orders_and_messages_pass_whole()
    {
        const int length = 3_000_000;
        var settings = new StageSettings([new("behave", $"shout:{length}"), new("large", new string('y', length))]);
        var heard = 0;

        var report = await runner.Execute(Order("ok") with { Settings = settings }, Limit, new StageObserver((_, text) => heard = text.Length), default);

        report.Outcome.ShouldBe(StageOutcome.Done);
        heard.ShouldBe(length);
    }

    [Fact]
    public async Task A_damaged_or_missing_input_is_named()
    {
        var sha256 = new string('0', 64);
        File.WriteAllText(folder.File("in"), "model");

        var damaged = await runner.Execute(Order("ok") with { InputPath = folder.File("in"), InputSha256 = sha256 }, Limit, new StageObserver((_, _) => { }), default);
        var missing = await runner.Execute(Order("ok") with { ReferencePath = folder.File("no"), ReferenceSha256 = sha256 }, Limit, new StageObserver((_, _) => { }), default);

        (damaged.Outcome, damaged.DamagedSha256).ShouldBe((StageOutcome.DamagedInput, sha256));
        (missing.Outcome, missing.DamagedSha256).ShouldBe((StageOutcome.DamagedInput, sha256));
    }

    [Fact]
    public async Task A_runner_that_grew_too_large_is_replaced()
    {
        runner = New(new RunnerOptions { Executable = StandInProcess.File, LargestWorkingSet = 1 });

        (await Execute("ok")).Outcome.ShouldBe(StageOutcome.Done);
        runner.ProcessId.ShouldBeNull();
        (await Execute("ok")).Outcome.ShouldBe(StageOutcome.Done);
    }

    [Fact]
    public async Task A_runner_that_cannot_be_started_says_where_it_was_looked_for()
    {
        runner = New(new RunnerOptions { Executable = folder.File("none") });

        var report = await Execute("ok");

        report.Outcome.ShouldBe(StageOutcome.Crashed);
        report.Error!.ShouldContain("cannot be started");
        report.Error!.ShouldContain(folder.File("none"));
    }

    [Fact]
    public async Task The_same_order_gives_the_same_model_in_any_runner()
    {
        await Execute("ok");
        var first = await File.ReadAllBytesAsync(folder.File("out"));
        await runner.DisposeAsync();
        await Execute("ok");

        (await File.ReadAllBytesAsync(folder.File("out"))).ShouldBe(first);
    }

    [Fact]
    public async Task Killing_the_owner_leaves_no_runner_behind()
    {
        var start = new ProcessStartInfo(StandInProcess.File, "own-runners") { RedirectStandardOutput = true, RedirectStandardError = true };
        using var owner = Process.Start(start)!;
        (await owner.StandardOutput.ReadLineAsync()).ShouldBe("hanging");

        owner.Kill();

        // The runners hold this stream open as long as they live.
        await owner.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await runner.DisposeAsync();
        folder.Dispose();
    }

    private RunnerProcess New(RunnerOptions options) => new(options, time);

    private Task<StageReport> Execute(string behaviour, StageKind kind = StageKind.Train) =>
        runner.Execute(Order(behaviour) with { Kind = kind }, Limit, new StageObserver((_, _) => { }), TestContext.Current.CancellationToken);

    private StageOrder Order(string behaviour) => new()
    {
        Key = "a-key",
        Kind = StageKind.Train,
        Settings = new StageSettings([new("behave", behaviour)]),
        OutputPath = folder.File("out"),
    };
}
