using Grid.Experiments.Results;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Grains.Contracts;
using Grid.Silo.Hosting;
using Grid.Tests;

namespace Grid.Silo.Tests.Hosting;

public sealed class EmbeddedGridTests : IAsyncLifetime
{
    private readonly ScriptedExecutor script = new();
    private readonly TestGrid grid;

    public EmbeddedGridTests() => grid = new TestGrid(script);

    private IExperimentStore Store => grid.Store;

    [Fact]
    public async Task A_sweep_ends_with_every_stage_computed_once_and_the_frontier_tested()
    {
        var plan = SweepPlan.Of(Sweeps.Small);

        var view = await grid.Run(Sweeps.Small);

        view.Problem.ShouldBeNull();
        (view.Status, view.TrialsTotal, view.TrialsSucceeded, view.TrialsFailed).ShouldBe((ExperimentStatus.Done, 10, 10, 0));
        script.Orders.Select(o => o.Key).ShouldBeUnique();
        script.Orders.Count(o => o.Kind != StageKind.Test).ShouldBe(plan.StageKeys.Count);
        (view.StagesTotal, view.StagesComputed, view.StagesReused).ShouldBe((script.Orders.Count, script.Orders.Count, 0));

        var results = await Results();
        results.Frontier.Frontier.ShouldNotBeEmpty();
        results.Frontier.Frontier.ShouldAllBe(p => p.Metrics.ContainsKey("test-accuracy") && grid.Grid.Artifacts.Find(p.Sha256) != null);
        results.Reference!.Metrics.ShouldContainKey("test-accuracy");
        results.Frontier.Dominated.Where(p => p.Trial != 0).ShouldAllBe(p => !p.Metrics.ContainsKey("test-accuracy"));
    }

    [Fact]
    public async Task Nothing_computes_while_something_is_measured()
    {
        script.Script = async (_, _) =>
        {
            await Task.Yield();
            return null;
        };

        await grid.Run(Sweeps.Small);

        script.Overlapped.ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_sweep_again_computes_nothing()
    {
        var first = await grid.Run(Sweeps.Small);
        var computed = script.Orders.Count;

        var again = await grid.Run(Sweeps.Small);

        script.Orders.Count.ShouldBe(computed);
        (again.Status, again.StagesComputed, again.StagesReused, again.TrialsSucceeded).ShouldBe((ExperimentStatus.Done, 0, first.StagesTotal, 10));
    }

    [Fact]
    public async Task Two_sweeps_at_once_share_what_they_have_in_common()
    {
        var other = AnySweep.Of("other", Sweeps.Small.Pipeline, [.. Sweeps.Small.Space.Take(1), new("finetune.epochs", ["0", "1", "3"])]);

        var views = await Task.WhenAll(grid.Run(Sweeps.Small), grid.Run(other));

        views.ShouldAllBe(v => v.Status == ExperimentStatus.Done && v.StagesTotal == v.StagesComputed + v.StagesReused);
        script.Orders.Select(o => o.Key).ShouldBeUnique();
        views.Sum(v => v.StagesComputed).ShouldBe(script.Orders.Count);
    }

    [Fact]
    public async Task Stopping_in_the_middle_loses_nothing_that_was_finished_and_computes_nothing_twice()
    {
        var reached = new TaskCompletionSource();
        script.Script = async (order, cancellation) =>
        {
            if (order.Kind != StageKind.FineTune)
                return null;
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        };
        var experiment = await grid.Begin(Sweeps.Small);
        await reached.Task;
        await experiment.Interrupt();
        await grid.Stop();
        var done = script.Orders.Where(o => o.Kind != StageKind.FineTune).Select(o => o.Key).ToArray();
        script.Script = (_, _) => Task.FromResult<StageReport?>(null);

        await grid.Start();
        var interrupted = (await Store.FindExperiment(Id))!.Status;
        var view = await grid.Run(Sweeps.Small);

        interrupted.ShouldBe(ExperimentStatus.Interrupted);
        (view.Status, view.TrialsSucceeded).ShouldBe((ExperimentStatus.Done, 10));
        view.StagesReused.ShouldBeGreaterThanOrEqualTo(1);
        script.Orders.Where(o => o.Kind == StageKind.Train).Count().ShouldBe(1);
        done.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Cancelling_ends_what_is_running_and_records_it()
    {
        var reached = new TaskCompletionSource();
        var abandoned = new TaskCompletionSource();
        script.Script = async (_, cancellation) =>
        {
            reached.TrySetResult();
            await using var registration = cancellation.Register(() => abandoned.TrySetResult());
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        };
        var experiment = await grid.Begin(Sweeps.Small);
        await reached.Task;

        await experiment.Cancel();
        await abandoned.Task;

        (await experiment.View()).Status.ShouldBe(ExperimentStatus.Cancelled);
        (await Store.FindExperiment(Id))!.Status.ShouldBe(ExperimentStatus.Cancelled);
    }

    [Fact]
    public async Task Another_process_can_ask_for_the_end()
    {
        var reached = new TaskCompletionSource();
        script.Script = async (_, cancellation) =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        };
        var experiment = await grid.Begin(Sweeps.Small);
        await reached.Task;

        await Store.RequestCancel(Id);

        (await TestGrid.Ended(experiment)).Status.ShouldBe(ExperimentStatus.Cancelled);
    }

    [Fact]
    public async Task An_extended_sweep_keeps_what_it_found_and_the_numbers_of_its_trials()
    {
        await grid.Run(Sweeps.Small);
        var (before, computed) = (await Trials(), script.Orders.Count);
        var wider = Sweeps.Small with { Space = [new("prune.ratio", ["0.1", "0.3", "0.6", "0.9"]), Sweeps.Small.Space[1]], Seeds = [1, 2] };
        SweepExtension.Obstacles(Sweeps.Small, wider).ShouldBeEmpty();

        await Store.ExtendExperiment(Id, SweepJson.Write(wider));
        await grid.Grid.Grains.Experiment(Id).Start(retryFailed: false);
        var view = await TestGrid.Ended(grid.Grid.Grains.Experiment(Id));

        (view.Status, view.TrialsTotal, view.TrialsSucceeded).ShouldBe((ExperimentStatus.Done, 26, 26));
        var after = await Trials();
        after.Take(10).ShouldBe(before);
        after.Select(t => t.Number).ShouldBe(Enumerable.Range(0, 26));
        after.Where(t => t.IsReference).Select(t => t.Number).ShouldBe([0, 10]);
        script.Orders.Count.ShouldBeGreaterThan(computed);
        script.Orders.Select(o => o.Key).ShouldBeUnique();
    }

    [Fact]
    public async Task A_late_result_of_a_lost_lease_is_refused()
    {
        await grid.Run(Sweeps.Small);
        var leaf = (await Trials())[0].Leaf;

        var answer = await grid.Grid.Grains.ShardOf(leaf).Complete(
            new AttemptEnd(leaf, 0, new StageReport(StageOutcome.Done, StageResult.Empty, 1), null, "measure/local"));

        answer.ShouldBe(CompletionAnswer.Stale);
    }

    [Fact]
    public async Task A_home_folder_is_one_process_s_at_a_time() =>
        (await Should.ThrowAsync<StoreException>(() => EmbeddedGrid.Start(HomeFolder.Open(grid.Home)))).Message.ShouldContain("is in use");

    [Fact]
    public async Task An_unknown_experiment_is_named() =>
        (await Should.ThrowAsync<StoreException>(() => grid.Grid.Grains.Experiment("nowhere").Start(false))).Message.ShouldContain("'nowhere'");

    public async ValueTask InitializeAsync() => await grid.Start();

    public ValueTask DisposeAsync() => grid.DisposeAsync();

    private static string Id => ExperimentId.Of(Sweeps.Small);

    private Task<IReadOnlyList<TrialRow>> Trials() => Store.ListTrials(Id);

    private async Task<ExperimentResults> Results() => await ExperimentResults.Load(Store, (await Store.FindExperiment(Id))!);
}
