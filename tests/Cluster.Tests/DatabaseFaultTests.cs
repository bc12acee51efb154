using Grid.Tests;

namespace Grid.Cluster.Tests;

/// <summary>What becomes of a sweep when its database crashes.</summary>
public sealed class DatabaseFaultTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    /// <summary>What was committed survives the end of the server's processes, as it would on a real one.</summary>
    private const string Durable = "synchronous_commit=on";

    [Fact]
    public async Task A_database_that_is_restarted_in_the_middle_costs_nothing_but_time()
    {
        server.Start(Durable);
        await using var cluster = TestCluster.Start(server);
        var sweep = AnySweep.Of("database", 3, 6);
        await cluster.Add("control,train,measure", "first", "second");
        await cluster.Submit(sweep);
        await cluster.Trials(sweep, 3);

        server.Crash();
        server.Start(Durable);
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
    }
}
