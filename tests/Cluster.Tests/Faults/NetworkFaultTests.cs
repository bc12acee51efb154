using Grid.Cluster.Tests.Processes;
using Grid.Tests;

namespace Grid.Cluster.Tests.Faults;

/// <summary>Silos in networks of their own, which are cut. Where the machine does not allow that, these tests are skipped.</summary>
public sealed class NetworkFaultTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact(Explicit = true)]
    public async Task A_worker_that_is_cut_off_from_everything_costs_no_result_and_ends_itself_when_it_is_back()
    {
        using var network = SiloNetwork.Start();
        await using var cluster = Start(network);
        var sweep = AnySweep.Of("worker-cut-off", 3, 6);
        await cluster.Add("control,measure", "control");
        var workers = await cluster.Add("train", "cut-off", "other");
        await cluster.Submit(sweep);
        await cluster.Trials(sweep, 3);

        await Recovery.Measure(cluster, sweep, "total partition of a worker", () => network.CutOff("cut-off"), victim: "cut-off");
        // Which may be sooner than it is missed, if it was at nothing.
        await TestCluster.Until(async () => (await cluster.Client.Cluster.Silos()).All(s => s.Report.Name != "cut-off"));
        network.Heal("cut-off");
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
        await workers[0].End(TestContext.Current.CancellationToken);
    }

    [Fact(Explicit = true)]
    public async Task The_silo_that_hosts_the_experiment_may_be_cut_off_from_everything()
    {
        using var network = SiloNetwork.Start();
        await using var cluster = Start(network);
        var sweep = AnySweep.Of("host-cut-off", 3, 8);
        await cluster.Add("control", "first", "second");
        await cluster.Add("train,measure", "worker");
        await cluster.Submit(sweep);
        await cluster.Trials(sweep, 3);

        var host = (await cluster.HostOf(sweep))!;
        await Recovery.Measure(cluster, sweep, "total partition of the silo that hosts the experiment", () => network.CutOff(host));
        network.Heal(host);
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
    }

    [Fact]
    public Task Two_control_silos_that_reach_all_others_but_not_each_other_do_not_stop_a_sweep() => SurvivesCut("first", "second", "a cut between two control silos only");

    [Fact(Explicit = true)]
    public Task A_worker_that_reaches_all_others_but_one_control_silo_does_not_stop_a_sweep() =>
        SurvivesCut("first", "worker", "a cut between a control silo and a worker only");

    /// <summary>Membership sees nothing wrong: one of the two must end itself.</summary>
    private async Task SurvivesCut(string one, string other, string fault)
    {
        using var network = SiloNetwork.Start();
        await using var cluster = Start(network);
        var sweep = AnySweep.Of($"cut-{other}", 3, 8);
        ChildProcess[] silos = [.. await cluster.Add("control", "first", "second"), .. await cluster.Add("train,measure", "worker", "another")];
        await cluster.Submit(sweep);
        await cluster.Trials(sweep, 3);

        await Recovery.Standstill(cluster, sweep, $"{fault}: longest standstill", async () =>
        {
            network.Cut(one, other);
            await TestCluster.Until(() => Task.FromResult(silos.Any(s => s.HasExited)));
            await cluster.Ended(sweep);
        });

        await cluster.ShouldBeWhole(sweep);
        var ended = silos.Single(s => s.HasExited);
        new[] { one, other }.ShouldContain(ended.Name);
        ended.Output.ShouldContain("ends itself so that they go on without the connection");
    }

    private TestCluster Start(SiloNetwork network)
    {
        server.Stop();
        server.Start($"listen_addresses={PostgresServer.Loopback},{network.Host}");
        return TestCluster.Start(server, network: network);
    }
}
