using Grid.Experiments.Sweeps;
using Grid.Tests;

namespace Grid.Cluster.Tests.Faults;

/// <summary>What becomes of a sweep whose console is killed.</summary>
public sealed class ClientFaultTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private const string SweepText = """
        name: client
        model: { zoo: lenet-300-100 }
        data: { name: generated-digits }
        pipeline: [prune, finetune]
        space:
          prune.ratio: [0.2, 0.4, 0.6, 0.8]
          finetune.learning-rate: [0.001, 0.002, 0.003, 0.004, 0.005]
        objectives: { accuracy: max, size: min }
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Consoles_that_are_killed_while_they_follow_a_sweep_do_not_stop_it()
    {
        await using var cluster = TestCluster.Start(server);
        await cluster.Add("control,train,measure", "first", "second");
        File.WriteAllText(folder.File("sweep.yaml"), SweepText);
        var run = cluster.Console("run", folder.File("sweep.yaml"));
        await TestCluster.Until(async () => (await cluster.Store.ListExperiments()).Count > 0);
        var row = (await cluster.Store.ListExperiments()).Single();
        var sweep = SweepJson.Read(row.Sweep);
        var watch = cluster.Console("watch", row.Id);
        await cluster.Trials(sweep, 3);
        await TestCluster.Until(() => Task.FromResult(watch.Output.Contains("Watching", StringComparison.Ordinal)));

        await Recovery.Measure(cluster, sweep, "SIGKILL of the client that started the sweep, and of one that watches it", () =>
        {
            run.Kill();
            watch.Kill();
        });
        // Another follows it to its end, from wherever it stands.
        var again = cluster.Console("watch", row.Id);

        (await again.End(TestContext.Current.CancellationToken)).ShouldBe(0, again.Output);
        await cluster.Ended(sweep);
        await cluster.ShouldBeWhole(sweep);
    }

    public void Dispose() => folder.Dispose();
}
