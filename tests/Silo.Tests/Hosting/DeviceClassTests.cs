using Grid.Experiments.Metrics;
using Grid.Experiments.Results;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;

namespace Grid.Silo.Tests.Hosting;

/// <summary>A sweep that is measured on this machine and on one of another class, for which the test stands in.</summary>
public sealed class DeviceClassTests : IAsyncLifetime
{
    private static readonly Sweep Sweep = Sweeps.Small with { Name = "classes", RunOn = new("cpu", ["local", "arm"]) };

    private readonly ScriptedExecutor script = new();
    private readonly CancellationTokenSource end = new();
    private readonly TestGrid grid;
    private Task arm = Task.CompletedTask;

    public DeviceClassTests() => grid = new TestGrid(script);

    [Fact]
    public async Task Every_model_is_measured_on_each_class_and_each_has_its_own_frontier()
    {
        Measure(_ => Done(size: 7));

        var view = await grid.Run(Sweep);

        (view.Status, view.TrialsSucceeded, view.TrialsFailed).ShouldBe((ExperimentStatus.Done, 10, 0));
        var (local, onArm) = (await Results("local"), await Results("arm"));
        local.Measured.Count.ShouldBe(10);
        onArm.Measured.ShouldAllBe(p => p.Metrics["size"].Value == 7);
        (await Results(null)).Frontier.Frontier.Select(p => p.Metrics["size"].Value).ShouldBe(local.Frontier.Frontier.Select(p => p.Metrics["size"].Value));
        onArm.Frontier.Frontier.Concat(local.Frontier.Frontier).ShouldAllBe(p => p.Metrics.ContainsKey(MetricCatalog.TestAccuracy));
        onArm.Frontier.Frontier.Count.ShouldBe(10, "nothing tells them apart there");
        local.Frontier.Frontier.Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_trial_has_succeeded_only_when_it_is_measured_everywhere()
    {
        var experiment = await grid.Begin(Sweep);

        // One class does not wait for the other.
        await TestGrid.Until(experiment, view => view.StagesComputed == view.StagesTotal - 10);
        var waiting = (await grid.Grid.Pools(Sweep.Pools)).Single(p => p.Pool == "measure/arm");
        var before = await experiment.View();
        Measure(_ => Done(size: 7));
        var after = await TestGrid.Ended(experiment);

        (waiting.Pending, waiting.Workers).ShouldBe((10, 0));
        (before.Status, before.TrialsSucceeded).ShouldBe((ExperimentStatus.Running, 0));
        after.TrialsSucceeded.ShouldBe(10);
    }

    [Fact]
    public async Task A_measurement_that_fails_on_one_class_fails_its_trial_once()
    {
        var failed = 0;
        Measure(_ => Interlocked.Increment(ref failed) == 1 ? ScriptedExecutor.Ended(StageOutcome.Failed, "No such kernel.") : Done(size: 7));

        var view = await grid.Run(Sweep);

        (view.Status, view.TrialsSucceeded, view.TrialsFailed, view.StagesFailed).ShouldBe((ExperimentStatus.Done, 9, 1, 1));
        (await grid.Store.ListTrials(ExperimentId.Of(Sweep))).Where(t => t.Error is not null).ShouldHaveSingleItem().Error.ShouldBe("No such kernel.");
        (await Results("local")).Measured.Count.ShouldBe(9);
    }

    [Fact]
    public async Task A_model_that_both_classes_find_damaged_is_made_again()
    {
        var found = 0;
        script.Script = (order, _) => Task.FromResult(order.Kind == StageKind.Measure && Interlocked.Increment(ref found) == 1 ? Damaged(order.InputSha256!) : null);
        var foundToo = 0;
        Measure(stage => Interlocked.Increment(ref foundToo) == 1 ? Damaged(stage.Request.Input!) : Done(size: 7));

        var view = await grid.Run(Sweep);

        (view.Problem, view.TrialsSucceeded, view.TrialsFailed).ShouldBe((null, 10, 0));
    }

    [Fact]
    public async Task A_sweep_that_waits_for_another_accelerator_takes_what_one_on_this_machine_computes()
    {
        var onGpu = Sweeps.Small with { RunOn = new("cuda", ["local"]) };
        var waiting = await grid.Begin(onGpu);
        await WaitFor("train/cuda", pending: 1);

        await grid.Run(Sweeps.Small);
        var view = await TestGrid.Ended(waiting);

        (view.Status, view.TrialsSucceeded).ShouldBe((ExperimentStatus.Done, 10));
        (await grid.Store.CountStages()).ShouldAllBe(c => c.Status == StageStatus.Done);
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_leaves_the_queue_of_its_pool()
    {
        var waiting = await grid.Begin(Sweeps.Small with { RunOn = new("cuda", ["local"]) });
        await WaitFor("train/cuda", pending: 1);

        await waiting.Cancel();

        (await grid.Grid.Grains.Pool("train/cuda").View()).Pending.ShouldBe(0);
        (await grid.Store.ListExperiments()).Single().Status.ShouldBe(ExperimentStatus.Cancelled);
    }

    public async ValueTask InitializeAsync() => await grid.Start();

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await arm;
        await grid.DisposeAsync();
        end.Dispose();
    }

    private static StageReport Done(double size) => new(
        StageOutcome.Done,
        new StageResult(
            new Dictionary<string, Metric> { [MetricCatalog.Accuracy] = Metric.Exact(0.5, "1"), [MetricCatalog.Size] = Metric.Exact(size, "By") }, [], []),
        0.01);

    private static StageReport? Damaged(string sha256) => new(StageOutcome.DamagedInput, StageResult.Empty, 0, "damaged", sha256);

    private async Task WaitFor(string pool, int pending)
    {
        while ((await grid.Grid.Grains.Pool(pool).View()).Pending < pending)
            await Task.Yield();
    }

    private async Task<ExperimentResults> Results(string? device) =>
        await ExperimentResults.Load(grid.Store, (await grid.Store.FindExperiment(ExperimentId.Of(Sweep)))!, device: device);

    /// <summary>Begins to measure what is offered to the other class.</summary>
    private void Measure(Func<LeasedStage, StageReport?> measure) => arm = Task.Run(async () =>
    {
        var pool = grid.Grid.Grains.Pool("measure/arm");
        while (!end.IsCancellationRequested)
            foreach (var stage in await pool.Lease("arm", 4, TimeSpan.FromMilliseconds(100)))
            {
                var report = measure(stage)!;
                await grid.Grid.Grains.ShardOf(stage.Key).Complete(
                    new AttemptEnd(stage.Key, stage.Attempt, report, report.Outcome == StageOutcome.Done ? stage.Request.Input : null, stage.Request.Pool));
            }
    });
}
