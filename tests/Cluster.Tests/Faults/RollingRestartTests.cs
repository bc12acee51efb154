using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Tests;

namespace Grid.Cluster.Tests.Faults;

/// <summary>Every silo is replaced while a sweep runs, as an upgrade does that changes no tables.</summary>
public sealed class RollingRestartTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact(Explicit = true)]
    public async Task Every_silo_may_be_restarted_one_after_the_other_while_a_sweep_runs()
    {
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 150);
        var sweep = AnySweep.Of("rolling", 8, 30);
        var controls = await cluster.Add("control", "control-1", "control-2");
        var workers = await cluster.Add("train,measure", "worker-1", "worker-2");
        await cluster.Submit(sweep);
        await cluster.Trials(sweep, 3);

        await Recovery.Standstill(cluster, sweep, "a rolling restart of every silo: longest standstill", async () =>
        {
            foreach (var (silo, roles) in controls.Select(c => (c, "control")).Concat(workers.Select(w => (w, "train,measure"))))
            {
                silo.Terminate();
                await cluster.Add(roles, $"{silo.Name}-again");
                (await silo.End(TestContext.Current.CancellationToken)).ShouldBe(0, silo.Output);
            }
        });
        (await cluster.Store.FindExperiment(ExperimentId.Of(sweep)))!.Status.ShouldBe(ExperimentStatus.Running, "the sweep was over too soon");
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
        (await cluster.Store.FindStages([.. SweepPlan.Of(sweep).StageKeys])).ShouldAllBe(s => s.Crashes == 0);
    }
}
