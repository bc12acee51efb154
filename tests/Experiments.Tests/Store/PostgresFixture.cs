using Grid.Experiments.Store;
using Grid.Tests;
using Npgsql;

namespace Grid.Experiments.Tests.Store;

/// <summary>A store in a fresh database of a server, with the server's clock replaced by one that stands still.</summary>
public sealed class PostgresFixture(PostgresServer server) : StoreFixture
{
    private string? connection;

    /// <summary>How to connect to the database.</summary>
    public string Connection => connection ?? throw new InvalidOperationException("Prepare the fixture first.");

    public override ValueTask Prepare()
    {
        connection = server.CreateDatabase();
        _ = Store;
        Execute("create table test_clock (now bigint); insert into test_clock values (0)");
        Execute("create or replace function grid_now() returns bigint language sql volatile as 'select now from test_clock'");
        SetTime(Noon);
        return default;
    }

    public override IExperimentStore OpenAnother() => PostgresExperimentStore.Open(Connection);

    public override void SetTime(DateTimeOffset time) => Execute($"update test_clock set now = {time.ToUnixTimeMilliseconds()}");

    /// <summary>Behind the store's back.</summary>
    public void Execute(string sql)
    {
        using var session = new NpgsqlConnection(Connection + ";Pooling=false");
        session.Open();
        using var command = session.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
