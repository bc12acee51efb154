using System.Text.Json;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;

namespace Grid.Silo.Tests.Hosting;

/// <summary>Sweeps that take less than they would, as a budget runs out.</summary>
public sealed class BudgetTests : IAsyncLifetime
{
    private static readonly StageCost hundredJoules = new(new Metric(100, "J", Provenance.Measured), "rapl", null);

    private readonly ScriptedExecutor script = new() { Cost = hundredJoules };
    private readonly TestGrid grid;

    public BudgetTests() => grid = new TestGrid(script);

    [Fact]
    public async Task Energy_that_is_used_up_ends_the_sweep_with_what_runs_and_begins_nothing_more()
    {
        var release = new TaskCompletionSource();
        script.Script = async (_, cancellation) =>
        {
            // Eight stages use it up, and what begins after them is under way then.
            if (script.Orders.Count > 8)
                await release.Task.WaitAsync(cancellation);
            return null;
        };
        await grid.Start(slots: 1);

        var experiment = await grid.Begin(Sweeps.Small with { Budget = new(Energy: 750) });
        await TestGrid.Until(experiment, v => v.Spending?.EndedBy is not null);
        while ((await grid.Grid.Pools()).SelectMany(p => p.Running).Any(r => r.Text.Length == 0))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        release.SetResult();
        var view = await TestGrid.Ended(experiment);

        view.Status.ShouldBe(ExperimentStatus.Done);
        view.Spending.ShouldNotBeNull().EndedBy.ShouldBe("energy");
        view.Spending.Energy.ShouldBe(new Metric(100.0 * script.Orders.Count, "J", Provenance.Measured));
        script.Orders.Count.ShouldBeInRange(8, 10);
        script.Orders.ShouldNotContain(o => o.Kind == StageKind.Test);
        (await grid.Grid.Pools()).ShouldAllBe(p => p.Pending == 0 && p.Running.Count == 0);
    }

    [Fact]
    public async Task Why_it_ended_stands_in_the_event_and_in_the_store()
    {
        await grid.Start();
        var sweep = Sweeps.Small with { Budget = new(Energy: 750) };

        await grid.Run(sweep);

        var ended = (await grid.Store.ReadEvents(ExperimentId.Of(sweep), 0, 500)).Last(e => e.Kind == EventKinds.Ended);
        JsonDocument.Parse(ended.Body).RootElement.GetProperty("budget").GetString().ShouldBe("energy");
        (await grid.Store.FindSpending(ExperimentId.Of(sweep))).ShouldNotBeNull().EndedBy.ShouldBe("energy");
        (await grid.Store.FindExperiment(ExperimentId.Of(sweep)))!.Status.ShouldBe(ExperimentStatus.Done);
    }

    [Fact]
    public async Task One_whose_budget_is_used_up_does_nothing_when_it_is_run_again_until_the_budget_grows()
    {
        await grid.Start();
        var sweep = Sweeps.Small with { Budget = new(Energy: 750) };
        await grid.Run(sweep);
        var (id, before) = (ExperimentId.Of(sweep), script.Orders.Count);
        await grid.Stop();

        await grid.Start();
        var again = await grid.Run(sweep);
        var idle = script.Orders.Count;
        await grid.Store.ExtendExperiment(id, SweepJson.Write(sweep with { Budget = new(Energy: 1e6) }));
        await grid.Grid.Grains.Experiment(id).Start(retryFailed: false);
        var extended = await TestGrid.Ended(grid.Grid.Grains.Experiment(id));

        (again.Status, again.Spending!.EndedBy, idle).ShouldBe((ExperimentStatus.Done, "energy", before));
        (extended.Status, extended.Spending!.EndedBy, extended.TrialsSucceeded).ShouldBe((ExperimentStatus.Done, null, 10));
        // What the runs before took is on the account, and what they computed is not computed again.
        extended.Spending.Energy.Value.ShouldBe(100.0 * script.Orders.Count);
        script.Orders.Select(o => o.Key).ShouldBeUnique();
    }

    [Fact]
    public async Task What_another_sweep_paid_for_is_not_on_the_account()
    {
        await grid.Start();
        await grid.Run(Sweeps.Small);
        var paid = script.Orders.Count;

        var view = await grid.Run(Sweeps.Small with { Name = "again", Budget = new(Energy: 50) });

        (view.Status, view.TrialsSucceeded, view.Spending!.EndedBy).ShouldBe((ExperimentStatus.Done, 10, null));
        (view.Spending.Energy.Value, script.Orders.Count).ShouldBe((null, paid));
    }

    [Fact]
    public async Task Time_that_is_used_up_ends_the_sweep_when_what_runs_has_ended()
    {
        var release = new TaskCompletionSource();
        script.Script = async (order, cancellation) =>
        {
            if (order.Kind == StageKind.FineTune)
                await release.Task.WaitAsync(cancellation);
            return null;
        };
        await grid.Start();

        var experiment = await grid.Begin(Sweeps.Small with { Budget = new(Time: TimeSpan.FromMilliseconds(1)) });
        await TestGrid.Until(experiment, v => v.Spending?.EndedBy is not null);
        release.SetResult();
        var view = await TestGrid.Ended(experiment);

        (view.Status, view.Spending!.EndedBy, view.Problem).ShouldBe((ExperimentStatus.Done, "time", null));
        view.Spending.Seconds.ShouldBeGreaterThan(0.001);
        script.Orders.ShouldNotContain(o => o.Kind == StageKind.Test);
        (await grid.Store.FindStages([.. script.Orders.Select(o => o.Key)])).ShouldAllBe(s => s.Status == StageStatus.Done);
    }

    [Fact]
    public async Task A_budget_of_trials_begins_that_many_and_tests_what_is_best_of_them()
    {
        await grid.Start();
        var sweep = Sweeps.Small with { Budget = new(Trials: 4) };

        var view = await grid.Run(sweep);

        (view.Status, view.TrialsTotal, view.TrialsSucceeded, view.Spending!.EndedBy).ShouldBe((ExperimentStatus.Done, 4, 4, "trials"));
        (await grid.Store.ListTrials(ExperimentId.Of(sweep))).Select(t => t.Number).ShouldBe([0, 1, 2, 3]);
        script.Orders.ShouldContain(o => o.Kind == StageKind.Test);
    }

    [Fact]
    public async Task A_budget_that_allows_all_trials_ends_nothing()
    {
        await grid.Start();

        var view = await grid.Run(Sweeps.Small with { Budget = new(Trials: 10) });

        (view.TrialsSucceeded, view.Spending!.EndedBy).ShouldBe((10, null));
    }

    [Fact]
    public async Task Whatever_runs_out_first_ends_it()
    {
        await grid.Start();

        var view = await grid.Run(Sweeps.Small with { Budget = new(Energy: 1e9, Time: TimeSpan.FromDays(1), Trials: 2) });

        view.Spending!.EndedBy.ShouldBe("trials");
    }

    [Fact]
    public async Task A_budget_of_energy_that_nobody_counts_interrupts_the_sweep_and_says_why()
    {
        script.Cost = StageCost.Unavailable("there is no /sys/class/powercap");
        await grid.Start();

        var view = await grid.Run(Sweeps.Small with { Budget = new(Energy: 1000) });

        view.Status.ShouldBe(ExperimentStatus.Interrupted);
        view.Problem.ShouldNotBeNull().ShouldStartWith("The budget of energy cannot be kept: the source stage ");
        view.Problem.ShouldContain("there is no /sys/class/powercap. Set GRID_CORE_WATTS");
    }

    [Fact]
    public async Task Without_such_a_budget_nobody_need_count()
    {
        script.Cost = null;
        await grid.Start();

        var view = await grid.Run(Sweeps.Small with { Budget = new(Trials: 4) });

        (view.Status, view.Spending!.Energy, view.Spending.Counted).ShouldBe((ExperimentStatus.Done, Metric.Unavailable("J"), 0));
        view.Spending.Uncounted.ShouldBe(script.Orders.Count);
    }

    [Fact]
    public async Task A_pause_is_not_on_the_account_and_the_rest_of_the_budget_is_there_afterwards()
    {
        await grid.Start();
        var sweep = Sweeps.Small with { Budget = new(Energy: 1e6) };
        var experiment = await grid.Begin(sweep);
        await grid.Store.RequestPause(ExperimentId.Of(sweep), true);
        await TestGrid.Ended(experiment);

        var view = await grid.Run(sweep);

        (view.Status, view.TrialsSucceeded).ShouldBe((ExperimentStatus.Done, 10));
        view.Spending!.Energy.Value.ShouldBe(100.0 * script.Orders.Count);
    }

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => grid.DisposeAsync();
}
