using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Tests;

namespace Grid.Cluster.Tests;

public sealed class SweepOnClusterTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_sweep_runs_on_silos_of_different_roles_to_the_same_models_as_on_one_machine()
    {
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 0);
        var sweep = AnySweep.Of("roles", 3, 4);
        await cluster.Add("control", "control-1", "control-2");
        await cluster.Add("train", "trainer-1", "trainer-2");
        await cluster.Add("measure", "meter");

        await cluster.Submit(sweep);
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
    }

    [Fact]
    public async Task A_sweep_without_a_silo_that_measures_waits_and_says_so()
    {
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 0);
        var sweep = AnySweep.Of("waits", 1, 2);
        await cluster.Add("control,train", "first");

        await cluster.Submit(sweep);
        await TestCluster.Until(async () => (await cluster.Client.Pools()).Any(p => p is { Pool: "measure/local", Pending: > 0, Workers: 0 }));
        await cluster.Add("measure", "late");
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
    }

    [Fact]
    public async Task Two_clients_that_submit_the_same_sweep_at_once_get_one_experiment()
    {
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 0);
        var sweep = AnySweep.Of("twice", 2, 3);
        await cluster.Add("control,train,measure", "only");

        await Task.WhenAll(cluster.Submit(sweep), cluster.Submit(sweep));
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
        (await cluster.Store.ListExperiments()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Cancelling_through_the_store_ends_what_runs_within_seconds()
    {
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 600_000);
        var sweep = AnySweep.Of("cancelled", 2, 2);
        await cluster.Add("control,train,measure", "only");
        await cluster.Submit(sweep);
        await TestCluster.Until(async () => (await cluster.Client.Pools()).Any(p => p.Running.Any(r => r.Text.Length > 0)));

        await cluster.Store.RequestCancel(ExperimentId.Of(sweep));
        await cluster.Ended(sweep);

        (await cluster.Store.FindExperiment(ExperimentId.Of(sweep)))!.Status.ShouldBe(ExperimentStatus.Cancelled);
        await TestCluster.Until(async () => (await cluster.Client.Pools()).All(p => p.Running.Count == 0));
    }

    [Fact]
    public async Task A_drained_silo_ends_what_it_runs_and_begins_nothing_more()
    {
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 20);
        var sweep = AnySweep.Of("drained", 4, 6);
        await cluster.Add("control,measure", "control");
        await cluster.Add("train", "stays", "leaves");
        await cluster.Submit(sweep);
        await cluster.Trials(sweep, 2);

        (await cluster.Client.Cluster.Drain("leaves", drain: true)).ShouldBeTrue();
        await TestCluster.Until(async () => (await cluster.Client.Cluster.Silos()).Single(s => s.Report.Name == "leaves").Report.Draining);
        await TestCluster.Until(async () => !(await Running(cluster)).Any(holder => holder.StartsWith("leaves")));
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
        (await cluster.Client.Cluster.Drain("nobody", drain: true)).ShouldBeFalse();
    }

    private static async Task<IEnumerable<string>> Running(TestCluster cluster) =>
        (await cluster.Client.Pools()).SelectMany(p => p.Running).Select(r => r.Holder);
}
