using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grid.Cluster.Tests.Processes;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;
using Grid.Tests;

namespace Grid.Cluster.Tests;

/// <summary>Whoever watches a sweep hears of every event once and in order, whatever becomes of the silos meanwhile.</summary>
public sealed partial class WatchTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task Watching_goes_on_when_the_silo_that_hosts_the_experiment_is_killed()
    {
        await using var cluster = TestCluster.Start(server);
        var sweep = AnySweep.Of("host", 4, 5);
        var silos = await cluster.Add("control,train,measure", "first", "second", "third");
        await cluster.Submit(sweep);
        var consoles = await Watch(cluster, sweep);

        await cluster.Trials(sweep, 3);
        var host = await cluster.HostOf(sweep);
        silos.Single(s => s.Name == host).Kill();

        await ShouldHaveHeardAll(cluster, sweep, consoles);
    }

    [Fact]
    public async Task Watching_goes_on_when_the_only_gateway_is_killed_and_another_started()
    {
        await using var cluster = TestCluster.Start(server);
        var sweep = AnySweep.Of("gateway", 4, 5);
        var gateway = (await cluster.Add("control", "first")).Single();
        await cluster.Add("train,measure", "worker");
        await cluster.Submit(sweep);
        var consoles = await Watch(cluster, sweep);

        await cluster.Trials(sweep, 3);
        gateway.Kill();
        await gateway.End(TestContext.Current.CancellationToken);
        // No silo is left that the consoles know of: they must find this one.
        cluster.Begin("second", "control");

        await ShouldHaveHeardAll(cluster, sweep, consoles);
    }

    /// <summary>Two that watch from the beginning, one for people and one for programs.</summary>
    private static async Task<(ChildProcess Plain, ChildProcess Json)> Watch(TestCluster cluster, Sweep sweep)
    {
        var consoles = (cluster.Console("watch", ExperimentId.Of(sweep)), cluster.Console("watch", ExperimentId.Of(sweep), "--json"));
        foreach (var console in new[] { consoles.Item1, consoles.Item2 })
            await TestCluster.Until(() => Task.FromResult(console.Output.Contains("Watching", StringComparison.Ordinal)));
        return consoles;
    }

    private static async Task ShouldHaveHeardAll(TestCluster cluster, Sweep sweep, (ChildProcess Plain, ChildProcess Json) consoles)
    {
        var cancellation = TestContext.Current.CancellationToken;
        (await consoles.Plain.End(cancellation)).ShouldBe(0, consoles.Plain.Output);
        var document = JsonNode.Parse(await consoles.Json.Answer(cancellation))!;
        await cluster.Ended(sweep);
        await cluster.ShouldBeWhole(sweep);

        var told = await Told(cluster.Store, ExperimentId.Of(sweep));
        told.ShouldBeUnique();
        Lines(consoles.Plain).ShouldBe(told, consoles.Plain.Output);
        Lines(consoles.Json).ShouldBe(told, consoles.Json.Output);
        ((string)document["status"]!, (int)document["trials"]!["succeeded"]!).ShouldBe(("done", told.Count));
    }

    /// <summary>The trials whose end stands in the table of events, in its order.</summary>
    private static async Task<IReadOnlyList<int>> Told(IExperimentStore store, string experiment) =>
        [.. (await store.ReadEvents(experiment, 0, 1000)).Where(e => e.Kind == EventKinds.TrialSucceeded)
            .Select(e => JsonDocument.Parse(e.Body).RootElement.GetProperty("trial").GetInt32())];

    private static IReadOnlyList<int> Lines(ChildProcess console) => [.. Ended().Matches(console.Output).Select(m => int.Parse(m.Groups[1].Value))];

    [GeneratedRegex(@"^trial (\d+) done", RegexOptions.Multiline)]
    private static partial Regex Ended();
}
