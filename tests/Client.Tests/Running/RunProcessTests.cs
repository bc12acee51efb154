using Grid.Experiments.Stages;
using Grid.Experiments.Store;

namespace Grid.Client.Tests.Running;

/// <summary>What takes a real process: signals, its end, and stages that misbehave.</summary>
public sealed class RunProcessTests : IDisposable
{
    private readonly SweepFolder sweep = new();

    public void Dispose() => sweep.Dispose();

    [Fact]
    public async Task Ctrl_C_keeps_what_is_finished_and_resume_goes_on()
    {
        using var grid = GridProcess.Start("prune=hang", "run", sweep.File, "--home", sweep.Home, "--json");
        await sweep.UntilRunning(grid, StageKind.Prune);
        grid.Interrupt();
        var stopped = await grid.End();

        stopped.ExitCode.ShouldBe(ExitCodes.Interrupted);
        stopped.Document["status"]!.GetValue<string>().ShouldBe("interrupted");
        stopped.Document["stages"]!["computed"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(2);
        stopped.Error.ShouldContain($"grid resume {stopped.Document["experiment"]!.GetValue<string>()} --home {sweep.Home}");

        var resumed = await GridProcess.Run(null, "resume", "--home", sweep.Home, "--json");
        resumed.ExitCode.ShouldBe(ExitCodes.Done);
        resumed.Document["trials"]!["succeeded"]!.GetValue<int>().ShouldBe(6);
        resumed.Document["stages"]!["reused"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_killed_process_loses_nothing_that_was_finished()
    {
        using (var grid = GridProcess.Start("prune=hang", "run", sweep.File, "--home", sweep.Home))
        {
            await sweep.UntilRunning(grid, StageKind.Prune);
            grid.Kill();
            await grid.End();
        }
        (await ConsoleRun.Of("list", "--home", sweep.Home, "--json")).Document["experiments"]![0]!["status"]!.GetValue<string>().ShouldBe("interrupted");

        var resumed = await GridProcess.Run(null, "run", sweep.File, "--home", sweep.Home, "--json");

        resumed.ExitCode.ShouldBe(ExitCodes.Done);
        resumed.Document["trials"]!.ToJsonString().ShouldBe("""{"total":6,"succeeded":6,"failed":0}""");
        resumed.Document["stages"]!["reused"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(2);
        await using var store = sweep.Read();
        (await store.ListTrials(resumed.Document["experiment"]!.GetValue<string>())).Select(t => t.Number).ShouldBe([0, 1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task A_killed_process_loses_no_more_of_a_training_than_since_its_last_checkpoint()
    {
        StageRow saved;
        using (var grid = GridProcess.Start("train=checkpoint-and-hang", "run", sweep.File, "--home", sweep.Home))
        {
            saved = await sweep.Until(grid, s => s.Checkpoint is not null);
            grid.Kill();
            await grid.End();
        }

        var resumed = await GridProcess.Run("train=checkpoint-and-hang", "resume", "--home", sweep.Home, "--json");

        resumed.ExitCode.ShouldBe(ExitCodes.Done);
        await using var store = sweep.Read();
        var trained = (await store.FindStages([saved.Key])).Single();
        (trained.Status, trained.Attempt, trained.Checkpoint).ShouldBe((StageStatus.Done, 2, null));
        trained.Result!.Notes.Single().ShouldStartWith($"went on from: {saved.Key} after ");
    }

    [Fact]
    public async Task Some_failed_trials_are_told_with_their_reasons_and_can_be_tried_again()
    {
        var failed = await GridProcess.Run("prune=refuse", "run", sweep.File, "--home", sweep.Home);

        failed.ExitCode.ShouldBe(ExitCodes.Incomplete);
        failed.Output.ShouldContain("2 of 6 trials succeeded, 4 failed");
        failed.Output.ShouldContain("refused on purpose");
        failed.Output.ShouldContain("--retry-failed");

        var same = await GridProcess.Run(null, "run", sweep.File, "--home", sweep.Home, "--json");
        var retried = await GridProcess.Run(null, "resume", "small", "--retry-failed", "--home", sweep.Home, "--json");
        same.ExitCode.ShouldBe(ExitCodes.Incomplete);
        retried.ExitCode.ShouldBe(ExitCodes.Done);
        retried.Document["trials"]!["failed"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task When_every_trial_fails_there_is_nothing_usable()
    {
        var run = await GridProcess.Run("train=throw", "run", sweep.File, "--home", sweep.Home, "--json");

        run.ExitCode.ShouldBe(ExitCodes.NothingUsable);
        run.Document["trials"]!.ToJsonString().ShouldBe("""{"total":6,"succeeded":0,"failed":6}""");
        run.Document["reference"].ShouldBeNull();
        run.Error.ShouldContain("thrown on purpose");
    }

    [Fact]
    public async Task A_sweep_can_be_watched_and_cancelled_from_another_process()
    {
        using var grid = GridProcess.Start("train=hang", "run", sweep.File, "--home", sweep.Home, "--json");
        await sweep.UntilRunning(grid, StageKind.Train);
        using var watcher = GridProcess.Start(null, "watch", "--home", sweep.Home, "--json");
        await watcher.Saw("Watching small-");

        (await ConsoleRun.Of("cancel", "latest", "--home", sweep.Home, "--json")).Document["requested"]!.GetValue<bool>().ShouldBeTrue();

        var ran = await grid.End();
        var watched = await watcher.End();
        foreach (var run in new[] { ran, watched })
        {
            // Nothing could be measured.
            run.ExitCode.ShouldBe(ExitCodes.NothingUsable);
            run.Document["status"]!.GetValue<string>().ShouldBe("cancelled");
        }
    }

    [Fact]
    public async Task Who_stops_watching_leaves_the_sweep_alone()
    {
        using var grid = GridProcess.Start("prune=hang", "run", sweep.File, "--home", sweep.Home, "--json");
        await sweep.UntilRunning(grid, StageKind.Prune);
        using var watcher = GridProcess.Start(null, "watch", "--home", sweep.Home);
        await watcher.Saw("Watching small-");

        watcher.Interrupt();

        var watched = await watcher.End();
        watched.ExitCode.ShouldBe(ExitCodes.Interrupted);
        watched.Output.ShouldContain("It goes on.");
        HomeFolder.At(sweep.Home).InUse.ShouldBeTrue();
        grid.Interrupt();
        (await grid.End()).ExitCode.ShouldBe(ExitCodes.Interrupted);
    }
}
