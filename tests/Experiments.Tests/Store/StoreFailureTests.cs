using Grid.Experiments.Store;
using Grid.Tests;
using Microsoft.Data.Sqlite;
using static Grid.Experiments.Tests.Store.StoreFixture;

namespace Grid.Experiments.Tests.Store;

public sealed class StoreFailureTests
{
    [Fact]
    public async Task A_failing_write_does_not_fail_those_committed_with_it()
    {
        await using var fixture = new SqliteFixture();
        await fixture.Store.AddExperiment(Experiment());

        var writes = Enumerable.Range(0, 300).Select(i => (
            Fails: i % 50 == 49,
            Task: fixture.Store.AppendEvent(i % 50 == 49 ? "nowhere" : "sweep-1", "k", "{}", Noon))).ToList();
        await Task.WhenAll(writes.Select(w => w.Task.ContinueWith(_ => { }, TaskScheduler.Default)));

        writes.ShouldAllBe(w => w.Task.IsFaulted == w.Fails);
        (await fixture.Store.ReadEvents("sweep-1", 0, 1000)).Count.ShouldBe(294);
    }

    [Fact]
    public async Task A_store_of_a_newer_program_is_refused_and_left_alone()
    {
        await using var fixture = new SqliteFixture();
        await fixture.Store.DisposeAsync();
        Execute(fixture.File, "insert into grid_schema (version) values (99)");

        Should.Throw<StoreException>(() => SqliteExperimentStore.Open(fixture.File)).Message
            .ShouldContain("was written by a newer Grid (schema 99, this program knows ");
        Should.Throw<StoreException>(() => SqliteExperimentStore.OpenReadOnly(fixture.File)).Message.ShouldContain("newer Grid");
    }

    [Fact]
    public async Task A_store_of_an_older_program_is_brought_up_to_date_and_keeps_its_rows()
    {
        await using var fixture = new SqliteFixture();
        await fixture.Store.AddExperiment(Experiment());
        await fixture.Store.AppendEvent("sweep-1", "old", "{}", Noon);
        await fixture.Store.DisposeAsync();
        Execute(fixture.File, "alter table event drop column id");
        Execute(fixture.File, "alter table stage drop column checkpoint");
        Execute(fixture.File, "alter table experiment drop column pause_requested");
        Execute(fixture.File, "alter table stage drop column pool");
        Execute(fixture.File, "alter table experiment drop column priority");
        Execute(fixture.File, "alter table experiment drop column most_slots");
        foreach (var table in (string[])["experiment", "stage"])
        {
            Execute(fixture.File, $"alter table {table} drop column trace");
            Execute(fixture.File, $"alter table {table} drop column since");
        }
        Execute(fixture.File, "drop table measurement");
        Execute(fixture.File, "drop table spending");
        Execute(fixture.File, "delete from grid_schema where version > 1");
        Should.Throw<StoreException>(() => SqliteExperimentStore.OpenReadOnly(fixture.File)).Message.ShouldContain("Run or resume an experiment");

        await fixture.Reopen();
        (await fixture.Store.AppendEvent("sweep-1", "new", "{}", Noon)).ShouldBe(2);

        (await fixture.Store.ReadEvents("sweep-1", 0, 10)).Select(e => e.Kind).ShouldBe(["old", "new"]);
    }

    [Fact]
    public void A_file_that_is_no_store_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("text.db"), string.Join('\n', Enumerable.Range(0, 1000)));
        Execute(folder.File("other.db"), "create table other (a)");

        Should.Throw<StoreException>(() => SqliteExperimentStore.Open(folder.File("text.db"))).Message.ShouldContain("is no SQLite file");
        Should.Throw<StoreException>(() => SqliteExperimentStore.OpenReadOnly(folder.File("text.db"))).Message.ShouldContain("is no SQLite file");
        Should.Throw<StoreException>(() => SqliteExperimentStore.OpenReadOnly(folder.File("other.db"))).Message.ShouldContain("is not a store of Grid");
        Should.Throw<StoreException>(() => SqliteExperimentStore.OpenReadOnly(folder.File("none.db"))).Message.ShouldContain("does not exist");
        Should.Throw<StoreException>(() => SqliteExperimentStore.Open(folder.File("none", "grid.db"))).Message.ShouldContain("cannot be opened");
    }

    [Fact]
    public async Task A_damaged_store_says_so()
    {
        await using var fixture = new SqliteFixture();
        await fixture.Store.AddExperiment(Experiment());
        await fixture.Store.AddTrials(Enumerable.Range(0, 2000).Select(i => Trial(i)).ToList());
        await fixture.Store.DisposeAsync();
        using (var file = File.OpenWrite(fixture.File))
        {
            file.Position = file.Length / 2;
            file.Write(Enumerable.Repeat((byte)0xA5, 100_000).ToArray());
        }

        await using var store = SqliteExperimentStore.OpenReadOnly(fixture.File);
        (await Should.ThrowAsync<StoreException>(() => store.ListTrials("sweep-1"))).Message.ShouldContain("is damaged");
    }

    [Fact]
    public async Task A_store_locked_by_another_process_says_so_and_works_when_it_is_free()
    {
        await using var fixture = new SqliteFixture();
        await fixture.Store.AddExperiment(Experiment());
        await using var store = SqliteExperimentStore.Open(fixture.File, TimeSpan.FromMilliseconds(50));
        using (var other = Connect(fixture.File))
        {
            Execute(other, "begin immediate");
            (await Should.ThrowAsync<StoreException>(() => store.RequestCancel("sweep-1"))).Message.ShouldContain("locked by another process");
        }

        await store.RequestCancel("sweep-1");

        (await fixture.Store.FindExperiment("sweep-1"))!.CancelRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task A_store_opened_for_reading_sees_other_writers_and_refuses_to_write()
    {
        await using var fixture = new SqliteFixture();
        await using var reader = SqliteExperimentStore.OpenReadOnly(fixture.File);

        await fixture.Store.AddExperiment(Experiment());

        (await reader.ListExperiments()).ShouldBe([Experiment()]);
        (await Should.ThrowAsync<StoreException>(() => reader.RequestCancel("sweep-1"))).Message.ShouldContain("opened for reading only");
    }

    [Fact]
    public async Task A_store_in_a_read_only_folder_is_read_but_not_written()
    {
        using var volume = new SmallVolume(kilobytes: 2000);
        var file = Path.Combine(volume.Path, "grid.db");
        await using (var store = SqliteExperimentStore.Open(file))
            await store.AddExperiment(Experiment());
        volume.MakeReadOnly();

        Should.Throw<StoreException>(() => SqliteExperimentStore.Open(file)).Message.ShouldContain("read-only");
        await using var reader = SqliteExperimentStore.OpenReadOnly(file);
        (await reader.ListExperiments()).ShouldBe([Experiment()]);
    }

    [Fact]
    public async Task A_full_disk_loses_nothing_acknowledged_and_the_store_goes_on_when_there_is_room()
    {
        using var volume = new SmallVolume(kilobytes: 2000);
        var ballast = Path.Combine(volume.Path, "ballast");
        File.WriteAllBytes(ballast, new byte[1_000_000]);
        await using var store = SqliteExperimentStore.Open(Path.Combine(volume.Path, "grid.db"));
        await store.AddExperiment(Experiment());
        var acknowledged = new List<long>();

        var error = await Should.ThrowAsync<StoreException>(async () =>
        {
            while (true)
                acknowledged.AddRange(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
                    store.AppendEvent("sweep-1", "k", new string('x', 1000), Noon))));
        });
        var kept = await store.ReadEvents("sweep-1", 0, int.MaxValue);
        File.Delete(ballast);
        var next = await store.AppendEvent("sweep-1", "k", "{}", Noon);

        error.Message.ShouldContain("full");
        acknowledged.ShouldNotBeEmpty();
        kept.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, kept.Count).Select(i => (long)i));
        acknowledged.ShouldBeSubsetOf(kept.Select(e => e.Sequence));
        next.ShouldBe(kept.Count + 1);
    }

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Execute(string file, string sql)
    {
        using var connection = Connect(file);
        Execute(connection, sql);
    }
}
