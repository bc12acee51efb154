using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;

namespace Grid.Silo.Tests.Hosting;

public sealed class PauseTests : IAsyncLifetime
{
    private static readonly string id = ExperimentId.Of(Sweeps.Small);

    private readonly TaskCompletionSource release = new();
    private readonly ScriptedExecutor script = new();
    private readonly TestGrid grid;

    public PauseTests()
    {
        grid = new TestGrid(script);
        script.Script = async (order, cancellation) =>
        {
            if (order.Kind == StageKind.FineTune)
                await release.Task.WaitAsync(cancellation);
            return null;
        };
    }

    [Fact]
    public async Task What_runs_ends_and_counts_and_nothing_more_begins()
    {
        var experiment = await Pausing();
        var begun = script.Orders.Select(o => o.Key).ToArray();

        release.SetResult();
        var view = await TestGrid.Ended(experiment);

        (view.Status, view.Pausing, view.Problem).ShouldBe((ExperimentStatus.Paused, false, null));
        script.Orders.Select(o => o.Key).ShouldBe(begun);
        (await grid.Store.FindStages(begun)).ShouldAllBe(s => s.Status == StageStatus.Done);
        (await grid.Store.FindExperiment(id))!.Status.ShouldBe(ExperimentStatus.Paused);
        (await grid.Grid.Pools()).ShouldAllBe(p => p.Pending == 0 && p.Running.Count == 0);
    }

    [Fact]
    public async Task A_paused_sweep_sleeps_through_a_restart_until_it_is_resumed_where_it_stopped()
    {
        var experiment = await Pausing();
        release.SetResult();
        await TestGrid.Ended(experiment);
        var begun = script.Orders.Count;
        await grid.Stop();

        await Start();
        await grid.Grid.Grains.Experiment(id).Keep(askAgain: true);
        var asleep = await grid.Grid.Grains.Experiment(id).View();
        var view = await grid.Run(Sweeps.Small);

        asleep.Status.ShouldBe(ExperimentStatus.Paused);
        (view.Status, view.TrialsSucceeded, view.StagesReused).ShouldBe((ExperimentStatus.Done, 10, begun));
        script.Orders.Select(o => o.Key).ShouldBeUnique();
    }

    [Fact]
    public async Task Resuming_before_it_is_paused_goes_on_at_once()
    {
        var experiment = await Pausing();

        await experiment.Start(retryFailed: false);
        await TestGrid.Until(experiment, view => !view.Pausing);
        release.SetResult();
        var view = await TestGrid.Ended(experiment);

        (view.Status, view.TrialsSucceeded).ShouldBe((ExperimentStatus.Done, 10));
        script.Orders.Select(o => o.Key).ShouldBeUnique();
    }

    [Fact]
    public async Task A_sweep_that_is_being_paused_can_be_cancelled()
    {
        var experiment = await Pausing();

        await grid.Store.RequestCancel(id);

        (await TestGrid.Ended(experiment)).Status.ShouldBe(ExperimentStatus.Cancelled);
    }

    public async ValueTask InitializeAsync() => await Start();

    public ValueTask DisposeAsync() => grid.DisposeAsync();

    /// <summary>A measurement that waits keeps no slot from beginning, however slowly it does.</summary>
    private Task<TestGrid> Start() => grid.Start(computingPhase: TimeSpan.FromHours(1));

    /// <summary>Both slots are at a stage, a pause was asked for, and whatever had not begun was given back.</summary>
    private async Task<IExperimentGrain> Pausing()
    {
        var experiment = await grid.Begin(Sweeps.Small);
        await Until(running => running.Count(r => r.Text.Length > 0) == 2);
        await grid.Store.RequestPause(id, true);
        await TestGrid.Until(experiment, view => view.Pausing);
        await Until(running => running.All(r => r.Text.Length > 0));
        return experiment;
    }

    private async Task Until(Func<IReadOnlyList<RunningStage>, bool> wanted)
    {
        while (!wanted([.. (await grid.Grid.Pools()).SelectMany(p => p.Running)]))
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }
}
