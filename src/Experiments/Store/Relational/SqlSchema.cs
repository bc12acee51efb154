namespace Grid.Experiments.Store.Relational;

/// <summary>Brings a database to the schema this program knows: numbered scripts, forward only.</summary>
internal static class SqlSchema
{
    private const string VersionTable = "grid_schema";

    /// <summary>Applies the scripts that are missing, all or none.</summary>
    /// <exception cref="StoreException">A newer program wrote this store.</exception>
    public static void Migrate(SqlSession session, ISqlDialect dialect)
    {
        var scripts = SqlStatements.Migrations(dialect.Name);
        if (Version(session, dialect, scripts) == scripts.Last().Key)
            return;

        session.Begin();
        dialect.LockSchema(session);
        session.ExecuteScript($"create table if not exists {VersionTable} (version integer not null)");
        // Read again under the lock: another process may have migrated meanwhile.
        var version = Version(session, dialect, scripts);
        foreach (var (number, script) in scripts.Where(s => s.Key > version))
        {
            session.ExecuteScript(script);
            session.ExecuteScript($"insert into {VersionTable} (version) values ({number})");
        }
        session.Commit();
    }

    /// <exception cref="StoreException">The store is newer or older than what this program can read, or no store at all.</exception>
    public static void Check(SqlSession session, ISqlDialect dialect)
    {
        var scripts = SqlStatements.Migrations(dialect.Name);
        var version = Version(session, dialect, scripts);
        if (version < scripts.Last().Key)
            throw new StoreException(
                version == 0
                    ? $"{dialect.Place} is not a store of Grid: it has no table {VersionTable}. Create one, or {dialect.NameAnother}."
                    : $"{dialect.Place} was written by an older Grid (schema {version}, this program knows {scripts.Last().Key}). "
                      + dialect.BringUpToDate);
    }

    private static long Version(SqlSession session, ISqlDialect dialect, SortedDictionary<int, string> scripts)
    {
        if (!dialect.HasTable(session, VersionTable))
            return 0;
        var version = session.First("schema-version", row => row.IsDBNull(0) ? 0 : row.GetInt64(0));
        return version <= scripts.Last().Key
            ? version
            : throw new StoreException(
                $"{dialect.Place} was written by a newer Grid (schema {version}, this program knows {scripts.Last().Key}). "
                + $"Use that version, or {dialect.NameAnother}.");
    }
}
