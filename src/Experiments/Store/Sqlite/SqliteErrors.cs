using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Grid.Experiments.Store.Sqlite;

/// <summary>SQLite's result codes in words, with what to do about them.</summary>
internal static class SqliteErrors
{
    public static bool IsFolderReadOnly(SqliteException error) => error.SqliteErrorCode is SQLITE_CANTOPEN or SQLITE_READONLY;

    public static StoreException Explain(string place, SqliteException error) => new(
        error.SqliteErrorCode switch
        {
            SQLITE_FULL => $"{place} cannot grow: the disk is full. Make room and resume; what was finished is kept.",
            SQLITE_IOERR => $"{place} cannot be read or written: the disk is full or failing. Make room or check it, then resume; what was finished is kept.",
            SQLITE_READONLY or SQLITE_PERM or SQLITE_AUTH =>
                $"{place} cannot be written: the file or its folder is read-only. Change its permissions or name another home folder.",
            SQLITE_CANTOPEN =>
                $"{place} cannot be opened: its folder does not exist, is read-only or may not be read. Change its permissions or name another home folder.",
            SQLITE_CORRUPT or SQLITE_NOTADB =>
                $"{place} is damaged or is no SQLite file. Move it away and run again (models already in the artifacts folder stay there), or restore a copy.",
            SQLITE_BUSY or SQLITE_LOCKED =>
                $"{place} is locked by another process. Wait for it or end it, then try again.",
            _ => $"{place} answered an error of SQLite ({error.SqliteExtendedErrorCode}).",
        } + $" [{error.Message}]",
        error);
}
