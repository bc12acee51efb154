using System.Text.Json;
using Grid.Experiments.Results;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace Grid.Silo.Tests.Hosting;

/// <summary>What becomes of a sweep whose stages fail, kill their runners, read damaged models or fill the disk.</summary>
public sealed class FailingStagesTests : IAsyncLifetime
{
    private readonly ScriptedExecutor script = new();
    private readonly TestGrid grid;

    public FailingStagesTests() => grid = new TestGrid(script);

    private IExperimentStore Store => grid.Store;

    [Fact]
    public async Task A_failed_stage_fails_the_trials_that_need_it_and_no_others()
    {
        script.Script = (order, _) => Task.FromResult<StageReport?>(
            IsPrune(order, "0.6") ? ScriptedExecutor.Ended(StageOutcome.Failed, "It cannot be pruned.") : null);

        var view = await grid.Run(Sweeps.Small);

        (view.Status, view.TrialsSucceeded, view.TrialsFailed, view.StagesFailed).ShouldBe((ExperimentStatus.Done, 7, 3, 1));
        var failed = (await Trials()).Where(t => t.Status == TrialStatus.Failed).ToArray();
        failed.Length.ShouldBe(3);
        failed.ShouldAllBe(t => t.Error == "It cannot be pruned." && t.Config.Contains("0.6"));
    }

    [Fact]
    public async Task A_failed_stage_is_tried_again_only_when_asked()
    {
        var fails = true;
        script.Script = (order, _) => Task.FromResult<StageReport?>(
            fails && IsPrune(order, "0.6") ? ScriptedExecutor.Ended(StageOutcome.Failed, "It cannot be pruned.") : null);
        await grid.Run(Sweeps.Small);
        fails = false;

        var same = await grid.Run(Sweeps.Small);
        var retried = await grid.Run(Sweeps.Small, retryFailed: true);

        (same.TrialsFailed, same.StagesComputed).ShouldBe((3, 0));
        (retried.TrialsFailed, retried.TrialsSucceeded).ShouldBe((0, 10));
        (await Trials()).ShouldAllBe(t => t.Status == TrialStatus.Succeeded && t.Error == null);
    }

    [Fact]
    public async Task A_stage_that_kills_its_runner_twice_gets_there_at_the_third_attempt()
    {
        var crashes = 0;
        script.Script = (order, _) => Task.FromResult<StageReport?>(
            IsPrune(order, "0.6") && Interlocked.Increment(ref crashes) <= 2 ? ScriptedExecutor.Ended(StageOutcome.Crashed, "SIGSEGV") : null);

        var view = await grid.Run(Sweeps.Small);

        (view.TrialsFailed, view.TrialsSucceeded, crashes).ShouldBe((0, 10, 3));
        (await Store.ReadEvents(Id, 0, 1000)).Count(e => e.Kind == EventKinds.StageRetried).ShouldBe(2);
    }

    [Fact]
    public async Task The_next_attempts_come_after_one_second_and_after_two()
    {
        // On a clock that stands still nothing that waits for a time ever happens.
        var time = new FakeTimeProvider();
        await using var still = await new TestGrid(script).Start(time: time);
        script.Script = (order, _) => Task.FromResult<StageReport?>(IsPrune(order, "0.6") ? ScriptedExecutor.Ended(StageOutcome.Crashed, "SIGSEGV.") : null);
        var experiment = await still.Begin(Sweeps.Small);

        (await Retry(1)).ShouldContain("SIGSEGV. The next attempt begins 1 s later.");
        time.Advance(TimeSpan.FromSeconds(1));
        (await Retry(2)).ShouldContain("SIGSEGV. The next attempt begins 2 s later.");
        time.Advance(TimeSpan.FromSeconds(1));
        script.Orders.Count(o => IsPrune(o, "0.6")).ShouldBe(2);
        time.Advance(TimeSpan.FromSeconds(1));

        (await TestGrid.Ended(experiment)).StagesFailed.ShouldBe(1);

        async Task<string> Retry(int number)
        {
            while (true)
            {
                var retries = (await still.Store.ReadEvents(Id, 0, 1000)).Where(e => e.Kind == EventKinds.StageRetried).ToList();
                if (retries.Count == number)
                    return retries[^1].Body;
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task A_stage_that_kills_its_runner_three_times_is_given_up_with_the_evidence()
    {
        script.Script = (order, _) => Task.FromResult<StageReport?>(
            IsPrune(order, "0.6") ? ScriptedExecutor.Ended(StageOutcome.TimedOut, "It outlasted its time limit.") : null);

        var view = await grid.Run(Sweeps.Small);

        (view.TrialsFailed, view.StagesFailed).ShouldBe((3, 1));
        script.Orders.Count(o => IsPrune(o, "0.6")).ShouldBe(3);
        (await Trials()).First(t => t.Status == TrialStatus.Failed).Error.ShouldBe(
            "Given up after 3 attempts that ended their runner. It outlasted its time limit.");
        (await Attempts()).ShouldBe(["timed-out", "timed-out", "timed-out"]);
    }

    [Fact]
    public async Task A_damaged_model_is_made_again_and_nothing_is_lost()
    {
        var damaged = 0;
        script.Script = (order, _) =>
        {
            if (!IsPrune(order, "0.6") || Interlocked.Increment(ref damaged) > 1)
                return Task.FromResult<StageReport?>(null);
            File.WriteAllText(order.InputPath!, "damaged");
            return Task.FromResult<StageReport?>(
                new(StageOutcome.DamagedInput, StageResult.Empty, 0, "damaged", order.InputSha256));
        };

        var view = await grid.Run(Sweeps.Small);

        (view.Problem, view.TrialsFailed, view.TrialsSucceeded).ShouldBe((null, 0, 10));
        (await Attempts()).ShouldAllBe(outcome => outcome == "damaged-input");
        script.Orders.Count(o => o.Kind == StageKind.Train).ShouldBe(2);
        (view.StagesTotal, view.StagesReused).ShouldBe((view.StagesComputed, 0));
    }

    [Fact]
    public async Task A_model_that_is_gone_is_made_again_when_the_sweep_runs_again()
    {
        await grid.Run(Sweeps.Small);
        var gone = (await Results()).Frontier.Frontier[0].Sha256;
        File.Delete(grid.Grid.Artifacts.Find(gone)!);
        var before = script.Orders.Count;

        var view = await grid.Run(Sweeps.Small);

        (view.Status, view.TrialsFailed).ShouldBe((ExperimentStatus.Done, 0));
        grid.Grid.Artifacts.Find(gone).ShouldNotBeNull();
        (script.Orders.Count - before).ShouldBeLessThan(view.StagesTotal / 2);
    }

    [Fact]
    public async Task A_full_disk_interrupts_the_run_and_fails_nothing()
    {
        var full = true;
        script.Script = (order, _) => Task.FromResult<StageReport?>(
            full && IsPrune(order, "0.6") ? ScriptedExecutor.Ended(StageOutcome.NoSpace, "The disk is full. Make room.") : null);

        var stopped = await grid.Run(Sweeps.Small);
        full = false;
        var resumed = await grid.Run(Sweeps.Small);

        (await Attempts()).ShouldBe(["no-space"]);
        (stopped.Status, stopped.Problem, stopped.TrialsFailed).ShouldBe((ExperimentStatus.Interrupted, "The disk is full. Make room.", 0));
        (resumed.Status, resumed.Problem, resumed.TrialsSucceeded).ShouldBe((ExperimentStatus.Done, null, 10));
    }

    public async ValueTask InitializeAsync() => await grid.Start();

    public ValueTask DisposeAsync() => grid.DisposeAsync();

    private static string Id => ExperimentId.Of(Sweeps.Small);

    private static bool IsPrune(StageOrder order, string ratio) =>
        order.Kind == StageKind.Prune && order.Settings.Text("ratio") == ratio;

    /// <summary>How those ended that were told of, each with its number and whoever carried it out.</summary>
    private async Task<IReadOnlyList<string>> Attempts()
    {
        var told = (await Store.ReadEvents(Id, 0, 1000)).Where(e => e.Kind is EventKinds.StageRetried or EventKinds.AttemptFailed)
            .Select(e => JsonDocument.Parse(e.Body).RootElement).ToList();
        foreach (var stage in told.GroupBy(e => e.GetProperty("stage").GetString()))
            stage.Select(e => e.GetProperty("attempt").GetInt32()).ShouldBe(Enumerable.Range(1, stage.Count()));
        told.ShouldAllBe(e => e.GetProperty("silo").GetString()!.Length > 0);
        return [.. told.Select(e => e.GetProperty("outcome").GetString()!)];
    }

    private Task<IReadOnlyList<TrialRow>> Trials() => Store.ListTrials(Id);

    private async Task<ExperimentResults> Results() => await ExperimentResults.Load(Store, (await Store.FindExperiment(Id))!);
}
