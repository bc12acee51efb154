using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Tests;

namespace Grid.Cluster.Tests;

public sealed class BudgetTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_sweep_on_a_cluster_ends_when_the_energy_that_its_machines_counted_is_used_up()
    {
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 20);
        var sweep = AnySweep.Of("budget", 4, 8) with { Budget = new(Energy: 15) };
        await cluster.Add("control", "control");
        await cluster.Add("train,measure", new Dictionary<string, string?> { [MeterSettings.CoreWattsVariable] = "8" }, "worker");

        await cluster.Submit(sweep);
        await cluster.Ended(sweep);

        var spent = (await cluster.Store.FindSpending(ExperimentId.Of(sweep))).ShouldNotBeNull();
        (spent.EndedBy, spent.Energy.Provenance, spent.Uncounted).ShouldBe(("energy", Provenance.Estimated, 0));
        // Every stage that was carried out is on the account, and none was begun that is not done.
        var stages = await cluster.Store.CountStages();
        spent.Counted.ShouldBe((int)stages.Where(s => s.Status == StageStatus.Done).Sum(s => s.Count));
        spent.Energy.Value.ShouldBe(spent.Counted);
        spent.Counted.ShouldBeGreaterThanOrEqualTo(15);
        stages.ShouldNotContain(s => s.Status == StageStatus.Leased);
        stages.ShouldNotContain(s => s.Kind == StageKind.Test && s.Status == StageStatus.Done);
    }

    [Fact]
    public async Task A_machine_that_counts_nothing_interrupts_a_sweep_with_a_budget_of_energy()
    {
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 0);
        var sweep = AnySweep.Of("uncounted", 1, 2) with { Budget = new(Energy: 15) };
        await cluster.Add("control,train,measure", "all");

        var experiment = await cluster.Submit(sweep);
        await TestCluster.Until(async () => (await cluster.Store.FindExperiment(ExperimentId.Of(sweep)))!.Status == ExperimentStatus.Interrupted);

        await TestCluster.Until(async () => (await experiment.View()).Problem?.StartsWith("The budget of energy cannot be kept: ", StringComparison.Ordinal) == true);
    }
}
