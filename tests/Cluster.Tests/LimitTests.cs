using System.Text.Json.Nodes;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Tests;

namespace Grid.Cluster.Tests;

public sealed class LimitTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_limit_of_slots_outlives_the_silos_that_host_its_pool_and_is_changed_from_the_console()
    {
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 0);
        var sweep = AnySweep.Of("limited", 3, 1);
        var controls = await cluster.Add("control", "first", "second");
        await cluster.Add("train", new Dictionary<string, string?> { ["STAND_IN_BEHAVE"] = "prune=hang" }, "worker");
        await cluster.Submit(sweep, new PoolShare(2, 1));
        await Waits(cluster, pending: 2, leased: 1);

        await cluster.Add("control", "third");
        foreach (var control in controls)
            control.Kill();

        // The new pool hears of the pruning that hangs from its worker, and of those that wait from the sweep.
        await Waits(cluster, pending: 2, leased: 1);
        var id = ExperimentId.Of(sweep);
        (await Ask("silos")).ReplaceLineEndings(" ").ShouldContain("2 wait, 1 leased, priority 2; waits: 1 slot of its own limit is used");
        JsonNode.Parse(await Ask("set", id, "--most-slots", "2", "--json"))!["mostSlots"]!.GetValue<int>().ShouldBe(2);
        await Waits(cluster, pending: 1, leased: 2);

        await cluster.Store.RequestCancel(id);
        await cluster.Ended(sweep);
        (await Ask("resume", id, "--detach")).ShouldContain($"{id} runs on cluster env. Follow it with: grid watch {id} --cluster env");
        (await cluster.Store.FindExperiment(id))!.Status.ShouldBe(ExperimentStatus.Running);

        Task<string> Ask(params string[] arguments) => cluster.Console(arguments).Answer(TestContext.Current.CancellationToken);
    }

    private static Task Waits(TestCluster cluster, int pending, int leased) => TestCluster.Until(async () =>
        (await cluster.Client.Pools()).First(p => p.Pool == "train/cpu") is var pool
            && pool.Waiting is [{ } waiting] && (waiting.Pending, waiting.Leased, pool.Running.Count) == (pending, leased, leased))
        .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
}
