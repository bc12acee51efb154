using System.Data.Common;
using Grid.Experiments.Store;
using Grid.Experiments.Store.Relational;
using Grid.Tests;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Grid.Experiments.Tests.Store;

/// <summary>Stores of older programs, brought up to date.</summary>
public sealed class MigrationTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Rows = """
        insert into experiment (id, name, sweep, status, cancel_requested, created_at) values ('sweep-1', 'sweep', '{}', 'done', 0, 0);
        insert into stage (key, kind, settings, status, attempt, crashes, artifact) values ('model', 'train', '{}', 'done', 1, 0, 'sha');
        insert into stage (key, kind, settings, status, attempt, crashes, artifact) values ('leaf', 'measure', '{}', 'done', 1, 0, 'sha');
        insert into trial (experiment, number, config, is_reference, status, leaf, test) values ('sweep-1', 0, '{}', 1, 'succeeded', 'leaf', 'test');
        """;

    [Fact]
    public async Task A_file_from_before_there_were_pools_keeps_its_results()
    {
        using var folder = new TemporaryFolder();
        using (var connection = new SqliteConnection($"Data Source={folder.File("grid.db")};Pooling=False"))
            Write(connection, "Sqlite", before: 5);

        await using var store = SqliteExperimentStore.Open(folder.File("grid.db"));

        await ShouldHoldRows(store);
    }

    [Fact]
    public async Task A_database_from_before_there_were_pools_keeps_its_results()
    {
        var database = server.CreateDatabase();
        using (var connection = new NpgsqlConnection($"{database};Pooling=false"))
            Write(connection, "Postgres", before: 6);

        await using var store = PostgresExperimentStore.Open(database);

        await ShouldHoldRows(store);
    }

    /// <summary>As a program left it that knew the scripts up to a number.</summary>
    private static void Write(DbConnection connection, string database, int before)
    {
        connection.Open();
        Execute("create table grid_schema (version integer not null)");
        foreach (var (number, script) in SqlStatements.Migrations(database).Where(m => m.Key < before))
        {
            Execute(script);
            Execute($"insert into grid_schema (version) values ({number})");
        }
        Execute(Rows);

        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private static async Task ShouldHoldRows(IExperimentStore store)
    {
        (await store.FindStages(["model", "leaf"])).Select(s => s.Pool).ShouldBe(["train/cpu", "measure/local"]);
        (await store.ListResults("sweep-1")).ShouldHaveSingleItem().Leaf.Key.ShouldBe("leaf");
        (await store.ListResults("sweep-1", "arm")).ShouldBeEmpty();
        (await store.FindExperiment("sweep-1"))!.Share.ShouldBe(PoolShare.Usual);
    }
}
