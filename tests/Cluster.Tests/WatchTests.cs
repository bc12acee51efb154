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
        var silos = await cluster.Add("control", "first", "second", "third");
        await cluster.Submit(sweep);
        var consoles = await Watch(cluster, sweep);
        await cluster.Add("train,measure", "worker");

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
        await cluster.Submit(sweep);
        var consoles = await Watch(cluster, sweep);
        await cluster.Add("train,measure", "worker");

        await cluster.Trials(sweep, 3);
        gateway.Kill();
        await gateway.End(TestContext.Current.CancellationToken);
        // No silo is left that the consoles know of: they must find this one.
        cluster.Begin("second", "control");

        await ShouldHaveHeardAll(cluster, sweep, consoles);
    }

    /// <summary>Two that watch from the beginning, one for people and one for programs: nothing is done before there is a worker.</summary>
    private static async Task<(ChildProcess Plain, ChildProcess Json)> Watch(TestCluster cluster, Sweep sweep) =>
        (await Watching(cluster, "watch", ExperimentId.Of(sweep)), await Watching(cluster, "watch", ExperimentId.Of(sweep), "--json"));

    private static async Task<ChildProcess> Watching(TestCluster cluster, params string[] arguments)
    {
        while (true)
        {
            var console = cluster.Console(arguments);
            await TestCluster.Until(() => Task.FromResult(console.HasExited || console.Output.Contains("Watching", StringComparison.Ordinal)));
            if (!console.HasExited)
                return console;
            // On a machine that has much else to do a silo may not answer in time: nothing else is a reason to leave.
            await console.End(TestContext.Current.CancellationToken);
            console.Output.ShouldContain("no silo with the role control does");
        }
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
