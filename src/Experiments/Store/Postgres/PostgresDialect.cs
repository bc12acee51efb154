using System.Data.Common;
using Grid.Experiments.Store.Relational;

namespace Grid.Experiments.Store.Postgres;

/// <summary>
/// PostgreSQL: writers lock rows, and what two of them want at once, one does again. A commit is as durable as the server is set to make it.
/// </summary>
internal sealed class PostgresDialect(PostgresDatabase database, PostgresSettings settings) : ISqlDialect
{
    /// <summary>Of the advisory lock under which the schema changes: "grid" in ASCII.</summary>
    private const long SchemaLock = 0x67726964;

    /// <summary>Names the folder of its scripts.</summary>
    public const string DialectName = "Postgres";

    public string Name => DialectName;

    public string Place => database.Place;

    public string NameAnother => "name another database in the connection string";

    public string BringUpToDate => "Start a silo of this version of Grid once to bring it up to date.";

    public int MostReaders => settings.Readers;

    public Retries Patience { get; } = new(settings.Patience, settings.Time);

    public Retries OpeningPatience { get; } = new(settings.OpeningPatience, settings.Time);

    public DbConnection OpenWriter() => database.Open(readOnly: false);

    public DbConnection OpenReader() => database.Open(readOnly: true);

    public bool HasTable(SqlSession session, string table) => session.First("postgres-table", SqlRows.Number, ("table", table)) == 1;

    public void LockSchema(SqlSession session) => session.First("postgres-lock", _ => true, ("number", SchemaLock));

    public StoreException Explain(DbException error) => PostgresErrors.Explain(Place, error);
}
