using Grid.Tests;

namespace Grid.Cluster.Tests.Faults;

/// <summary>What becomes of a sweep when its database crashes, is restarted, stands still or takes no more connections.</summary>
public sealed class DatabaseFaultTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    /// <summary>What was committed survives the end of the server's processes, as it would on a real one.</summary>
    private const string Durable = "synchronous_commit=on";

    [Fact]
    public Task A_database_that_crashes_and_is_started_again_costs_nothing_but_time() => Survives("crash", "a crash of the database, and its start", () =>
    {
        server.Crash();
        server.Start(Durable);
    });

    [Fact(Explicit = true)]
    public Task A_database_that_is_restarted_costs_nothing_but_time() => Survives("restart", "a restart of the database", () =>
    {
        server.Stop();
        server.Start(Durable);
    });

    [Fact(Explicit = true)]
    public Task A_database_that_is_stopped_for_a_while_costs_nothing_but_time() => Survives("stop-5", "the database stopped for 5 s", () => Stop(5));

    [Fact(Explicit = true)]
    public Task A_database_that_is_stopped_for_half_a_minute_costs_nothing_but_time() => Survives("stop-30", "the database stopped for 30 s", () => Stop(30));

    /// <summary>Longer than writes are repeated: experiments are begun again.</summary>
    [Fact(Explicit = true)]
    public Task A_database_that_is_stopped_for_longer_than_anybody_waits_costs_nothing_but_time() =>
        Survives("stop-150", "the database stopped for 150 s", () => Stop(150));

    [Fact]
    public Task A_database_without_connections_for_a_while_costs_nothing_but_time() => Survives("connections", "no connection left for 5 s", () =>
    {
        using (ConnectionHog.Take(server))
            Wait(5);
    });

    private async Task Survives(string name, string fault, Action inject)
    {
        server.Start(Durable);
        await using var cluster = TestCluster.Start(server);
        var sweep = AnySweep.Of(name, 3, 6);
        await cluster.Add("control,train,measure", "first", "second");
        await cluster.Submit(sweep);
        await cluster.Trials(sweep, 3);

        await Recovery.Measure(cluster, sweep, fault, inject);
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
    }

    private void Stop(int seconds)
    {
        server.Stop();
        Wait(seconds);
        server.Start(Durable);
    }

    /// <summary>The fault is that long: nothing is waited for.</summary>
    private static void Wait(int seconds) => TestContext.Current.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(seconds));
}
