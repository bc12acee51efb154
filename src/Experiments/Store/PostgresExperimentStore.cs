using Grid.Experiments.Store.Postgres;
using Grid.Experiments.Store.Relational;

namespace Grid.Experiments.Store;

/// <summary>
/// The store in a database of a PostgreSQL server, which any number of processes on any machines share. Each commits its writes in groups.
/// What the server's restart, a broken connection, a deadlock or a lack of connections interrupts is done again.
/// </summary>
public static class PostgresExperimentStore
{
    /// <summary>Version of the schema that this program reads and writes, and of that of every store it has opened.</summary>
    public static int Schema => SqlStatements.Migrations(PostgresDialect.DialectName).Last().Key;

    /// <summary>
    /// Opens the store and brings its schema up to date: Grid's tables, and the membership tables of Orleans. Several may do so at once.
    /// </summary>
    /// <param name="connectionString">As Npgsql reads it: <c>Host=...;Database=...;Username=...;Password=...</c>. No message repeats it.</param>
    /// <exception cref="StoreUnavailableException">The server cannot be reached.</exception>
    /// <exception cref="StoreException">The string cannot be read, the server refuses the user, or a newer program wrote the store.</exception>
    public static IExperimentStore Open(string connectionString, PostgresSettings? settings = null) =>
        RelationalExperimentStore.Open(Dialect(connectionString, settings));

    /// <summary>Opens for reading and writing a store that is there, and leaves its schema alone.</summary>
    /// <exception cref="StoreUnavailableException">The server cannot be reached.</exception>
    /// <exception cref="StoreException">As for <see cref="Open"/>, or there is no store, or one of an older program.</exception>
    public static IExperimentStore OpenExisting(string connectionString, PostgresSettings? settings = null) =>
        RelationalExperimentStore.OpenExisting(Dialect(connectionString, settings));

    /// <summary>Opens a store that is there for reading; a standby server will do.</summary>
    /// <exception cref="StoreUnavailableException">The server cannot be reached.</exception>
    /// <exception cref="StoreException">As for <see cref="OpenExisting"/>.</exception>
    public static IExperimentStore OpenReadOnly(string connectionString, PostgresSettings? settings = null) =>
        RelationalExperimentStore.OpenReadOnly(Dialect(connectionString, settings));

    private static PostgresDialect Dialect(string connectionString, PostgresSettings? settings) =>
        new(PostgresDatabase.Parse(connectionString), settings ?? new PostgresSettings());
}
