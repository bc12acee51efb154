using Grid.Experiments.Store.Relational;
using Grid.Experiments.Store.Sqlite;

namespace Grid.Experiments.Store;

/// <summary>
/// The store in one SQLite file. Any number of processes may open it; each commits its writes in groups, synced to disk before
/// their tasks complete.
/// </summary>
public static class SqliteExperimentStore
{
    /// <summary>Version of the schema that this program reads and writes, and of that of every store it has opened.</summary>
    public static int Schema => SqlStatements.Migrations(SqliteDialect.DialectName).Last().Key;

    private static readonly TimeSpan UsualBusyTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Opens the store, creates it if it is not there, and brings an older schema up to date.</summary>
    /// <param name="busyTimeout">How long a write waits for another process to finish its own; 20 seconds unless told.</param>
    /// <param name="time">The store's clock, by which leases run out; the system's unless told.</param>
    /// <exception cref="StoreException">The file cannot be written, is damaged, is no store, or was written by a newer program.</exception>
    public static IExperimentStore Open(string file, TimeSpan? busyTimeout = null, TimeProvider? time = null) =>
        RelationalExperimentStore.Open(new SqliteDialect(file, busyTimeout ?? UsualBusyTimeout, time ?? TimeProvider.System));

    /// <summary>Opens a store that is there, for reading; also in a folder that cannot be written.</summary>
    /// <exception cref="StoreException">The file is missing, cannot be read, is damaged, is no store, or has another schema.</exception>
    public static IExperimentStore OpenReadOnly(string file) =>
        RelationalExperimentStore.OpenReadOnly(new SqliteDialect(file, UsualBusyTimeout, TimeProvider.System));
}
