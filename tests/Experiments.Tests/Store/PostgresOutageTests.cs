using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Tests;
using Npgsql;
using static Grid.Experiments.Tests.Store.StoreFixture;

namespace Grid.Experiments.Tests.Store;

public sealed class PostgresOutageTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private readonly PostgresFixture fixture = new(server);

    private IExperimentStore Store => fixture.Store;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restart_in_the_middle_of_writes_loses_nothing_and_does_nothing_twice(bool crash)
    {
        await Store.AddExperiment(Experiment());
        var specs = Enumerable.Range(0, 300).Select(i => Spec(i)).ToList();
        await Store.EnsureStages(specs);
        var begun = new CountdownEvent(40);

        var writes = Task.WhenAll(specs.Select((spec, i) => Task.Run(async () =>
        {
            var leased = (await Store.TryLease(spec.Key, 0, "me", TimeSpan.FromMinutes(1))).ShouldNotBeNull();
            if (i < 40)
                begun.Signal();
            var number = await Store.AppendEvent("sweep-1", "k", "{}", Noon);
            (await Store.Complete(new StageLease(spec.Key, leased.Attempt), "sha", Result, 1)).ShouldNotBe(CompletionAnswer.Stale);
            return (leased.Attempt, number);
        })));
        begun.Wait();
        if (crash)
            server.Crash();
        else
            server.Stop();
        server.Start();
        var done = await writes;

        done.ShouldAllBe(d => d.Attempt == 1);
        done.Select(d => d.number).Order().ShouldBe(Enumerable.Range(1, 300).Select(i => (long)i));
        (await Store.ReadEvents("sweep-1", 0, 1000)).Count.ShouldBe(300);
        (await Store.CountStages()).ShouldBe([new StageCount(StageKind.Train, StageStatus.Done, 300)]);
    }

    [Fact]
    public async Task Reads_and_writes_begun_while_the_server_is_stopped_succeed_when_it_is_back()
    {
        await Store.AddExperiment(Experiment());
        server.Stop();
        var reading = Store.ListExperiments();
        var writing = Store.AppendEvent("sweep-1", "k", "{}", Noon);

        server.Start();

        (await reading).ShouldBe([Experiment()]);
        (await writing).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_told_and_the_store_works_when_it_is_back()
    {
        await Store.AddExperiment(Experiment());
        await using var impatient = PostgresExperimentStore.Open(fixture.Connection, new PostgresSettings { Patience = TimeSpan.Zero });
        server.Stop();

        (await Should.ThrowAsync<StoreUnavailableException>(() => impatient.RequestCancel("sweep-1"))).Message.ShouldContain($"127.0.0.1:{server.Port}");
        (await Should.ThrowAsync<StoreUnavailableException>(() => impatient.ListExperiments())).Message.ShouldContain("cannot be reached");
        Should.Throw<StoreUnavailableException>(() => PostgresExperimentStore.Open(fixture.Connection, Impatient)).Message.ShouldContain("cannot be reached");
        server.Start();
        await impatient.RequestCancel("sweep-1");

        (await impatient.FindExperiment("sweep-1"))!.CancelRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Closing_does_not_wait_for_a_server_that_is_away()
    {
        await Store.AddExperiment(Experiment());
        server.Stop();
        var writing = Store.RequestCancel("sweep-1");

        await Store.DisposeAsync();

        await Should.ThrowAsync<StoreUnavailableException>(() => writing);
        server.Start();
    }

    [Fact]
    public async Task Connections_that_others_use_up_are_waited_for()
    {
        await Store.AddExperiment(Experiment());
        server.Stop();
        server.Start("max_connections=4", "superuser_reserved_connections=0", "max_wal_senders=0");
        var others = new List<NpgsqlConnection>();
        try
        {
            while (true)
            {
                var other = new NpgsqlConnection(fixture.Connection + ";Pooling=false");
                others.Add(other);
                await other.OpenAsync();
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            // All are taken.
        }

        Should.Throw<StoreUnavailableException>(() => PostgresExperimentStore.Open(fixture.Connection, Impatient)).Message.ShouldContain("max_connections");
        var writing = Store.RequestCancel("sweep-1");
        var reading = Store.ListTrials("sweep-1");
        others.ForEach(o => o.Dispose());

        await writing;
        (await reading).ShouldBeEmpty();
        server.Stop();
    }

    [Theory]
    [InlineData("pg_terminate_backend")]
    [InlineData("pg_cancel_backend")]
    public async Task A_session_that_the_server_ends_while_it_waits_does_its_work_again(string how)
    {
        await Store.AddExperiment(Experiment());
        await using var other = new NpgsqlConnection(fixture.Connection + ";Pooling=false");
        await other.OpenAsync();
        await using var holding = await other.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("update experiment set name = name", other, holding))
            await command.ExecuteNonQueryAsync();

        var writing = Store.RequestCancel("sweep-1");
        while (server.Execute("postgres", $"select {how}(pid) from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'grid'") == "")
            await Task.Yield();
        await holding.RollbackAsync();

        if (how == "pg_cancel_backend")
            (await Should.ThrowAsync<StoreException>(() => writing)).Message.ShouldContain("57014");
        else
            await writing;
    }

    public ValueTask InitializeAsync() => fixture.Prepare();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    private static PostgresSettings Impatient { get; } = new() { OpeningPatience = TimeSpan.Zero };
}
