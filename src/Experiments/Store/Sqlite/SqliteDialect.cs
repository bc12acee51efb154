using System.Data.Common;
using Grid.Experiments.Store.Relational;
using Microsoft.Data.Sqlite;

namespace Grid.Experiments.Store.Sqlite;

/// <summary>SQLite in write-ahead mode: readers and the one writer do not wait for each other, and a commit is on disk when it returns.</summary>
/// <param name="busyTimeout">How long to wait for the write lock of another process.</param>
/// <param name="time">The store's clock.</param>
internal sealed class SqliteDialect(string file, TimeSpan busyTimeout, TimeProvider time) : ISqlDialect
{
    private readonly string file = Path.GetFullPath(file);

    /// <summary>Names the folder of its scripts.</summary>
    public const string DialectName = "Sqlite";

    public string Name => DialectName;

    public string Place => $"The store {file}";

    public string NameAnother => "name another home folder";

    public string BringUpToDate => "Run or resume an experiment in it once to bring it up to date.";

    /// <summary>As many as there are processors to read with.</summary>
    public int MostReaders => Environment.ProcessorCount;

    /// <summary>None: SQLite itself waits for whoever holds its lock.</summary>
    public Retries Patience => Retries.None;

    public Retries OpeningPatience => Retries.None;

    /// <summary>Its transactions take the write lock when they begin.</summary>
    public DbConnection OpenWriter() => Open(
        file,
        SqliteOpenMode.ReadWriteCreate,
        "pragma journal_mode = wal", "pragma synchronous = full", "pragma foreign_keys = on", "pragma cache_size = -32768");

    public DbConnection OpenReader()
    {
        if (!File.Exists(file))
            throw new StoreException($"{Place} does not exist. Run an experiment first, or name another home folder.");
        const string probe = "select count(*) from sqlite_master";
        try
        {
            return Open(file, SqliteOpenMode.ReadOnly, probe);
        }
        catch (SqliteException e) when (SqliteErrors.IsFolderReadOnly(e) && !File.Exists(file + "-wal"))
        {
            // Reading needs an index file beside the store. Where none can be written and no log is left, the file is all there is.
            return Open(new Uri(file).AbsoluteUri + "?immutable=1", SqliteOpenMode.ReadOnly, probe);
        }
    }

    public bool HasTable(SqlSession session, string table) => session.First("sqlite-table", SqlRows.Number, ("table", table)) == 1;

    /// <summary>Nothing more to do: the transaction holds the write lock of the whole file.</summary>
    public void LockSchema(SqlSession session)
    {
    }

    public StoreException Explain(DbException error) => SqliteErrors.Explain(Place, (SqliteException)error);

    private SqliteConnection Open(string source, SqliteOpenMode mode, params ReadOnlySpan<string> prepare)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
            // SQLite waits by itself, and better: the provider would sleep 150 ms between tries.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            connection.CreateFunction("grid_now", () => time.GetUtcNow().ToUnixTimeMilliseconds());
            using var command = connection.CreateCommand();
            // One by one: of several in one text the provider swallows the errors of those after the first that answers a row.
            foreach (var statement in (ReadOnlySpan<string>)[$"pragma busy_timeout = {(long)busyTimeout.TotalMilliseconds}", .. prepare])
            {
                command.CommandText = statement;
                command.ExecuteNonQuery();
            }
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
