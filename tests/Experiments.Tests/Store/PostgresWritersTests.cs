using Grid.Experiments.Store;
using Grid.Experiments.Store.Relational;
using Grid.Tests;
using static Grid.Experiments.Tests.Store.StoreFixture;

namespace Grid.Experiments.Tests.Store;

/// <summary>Several that write one database, as the silos of a cluster do.</summary>
public sealed class PostgresWritersTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private readonly PostgresFixture fixture = new(server);

    [Fact]
    public async Task Events_of_two_writers_are_numbered_without_gap_or_double()
    {
        await fixture.Store.AddExperiment(Experiment());
        await using var other = fixture.OpenAnother();

        var numbers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? fixture.Store : other).AppendEvent("sweep-1", "k", "{}", Noon)));

        numbers.Order().ShouldBe(Enumerable.Range(1, 200).Select(i => (long)i));
        (await other.ReadEvents("sweep-1", 0, 1000)).Count.ShouldBe(200);
    }

    [Fact]
    public async Task Two_writers_that_touch_the_same_rows_in_any_order_both_get_through()
    {
        var specs = Enumerable.Range(0, 40).Select(i => Spec(i)).ToList();
        await using var other = fixture.OpenAnother();

        var ensured = await Task.WhenAll(fixture.Store.EnsureStages(specs), other.EnsureStages([.. specs.AsEnumerable().Reverse()]));
        await Task.WhenAll(specs.Select((spec, i) => (i % 2 == 0 ? fixture.Store : other).TryLease(spec.Key, 0, "me", TimeSpan.FromMinutes(1))));
        var leases = specs.Select(s => new StageLease(s.Key, 1)).ToList();
        // One row at a time, in opposite orders: each writer's transaction holds what the other's wants next.
        var ends = Task.WhenAll(
            Task.WhenAll(leases.Select(l => fixture.Store.EndAttempt(l, null, crash: true, final: false))),
            Task.WhenAll(leases.AsEnumerable().Reverse().Select(l => other.EndAttempt(l, null, crash: true, final: false))));
        var lost = await Task.WhenAll(fixture.Store.Renew(leases, TimeSpan.FromMinutes(1)), other.Renew([.. leases.AsEnumerable().Reverse()], TimeSpan.FromMinutes(1)));
        await ends;

        ensured.ShouldAllBe(rows => rows.Count == 40);
        lost.ShouldAllBe(l => l.Count <= 40);
        (await other.FindStages([.. specs.Select(s => s.Key)])).ShouldAllBe(row => row.Status == StageStatus.Pending && row.Crashes == 1);
    }

    [Fact]
    public async Task A_migration_that_several_begin_at_once_is_done_once()
    {
        var connection = server.CreateDatabase();

        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => PostgresExperimentStore.Open(connection))));

        await stores[0].AddExperiment(Experiment());
        (await stores[5].ListExperiments()).ShouldBe([Experiment()]);
        foreach (var store in stores)
            await store.DisposeAsync();
        server.Execute(Database(connection), "select string_agg(version::text, ',' order by version) from grid_schema")
            .ShouldBe(string.Join(',', SqlStatements.Migrations("Postgres").Keys));
        server.Execute(Database(connection), "select count(*) from OrleansQuery").ShouldBe("9");
    }

    [Fact]
    public async Task Leases_run_by_the_clock_of_the_server()
    {
        var connection = server.CreateDatabase();
        await using var store = PostgresExperimentStore.Open(connection, new PostgresSettings { Time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Noon) });
        await store.EnsureStages([Spec(1)]);

        var leased = await store.TryLease(Spec(1).Key, 0, "me", TimeSpan.FromMinutes(1));

        leased!.LeaseLeft!.Value.ShouldBeInRange(TimeSpan.FromSeconds(59), TimeSpan.FromMinutes(1));
        server.Execute(Database(connection), "select lease_until - extract(epoch from clock_timestamp()) * 1000 between 1 and 60000 from stage").ShouldBe("t");
    }

    public ValueTask InitializeAsync() => fixture.Prepare();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    private static string Database(string connection) => connection.Split("Database=")[1].Split(';')[0];
}
