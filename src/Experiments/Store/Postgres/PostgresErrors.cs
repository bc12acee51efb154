using System.Data.Common;
using Npgsql;
using static Npgsql.PostgresErrorCodes;

namespace Grid.Experiments.Store.Postgres;

/// <summary>PostgreSQL's errors in words, with what to do about them; codes: https://www.postgresql.org/docs/current/errcodes-appendix.html</summary>
internal static class PostgresErrors
{
    /// <summary>Two that number an experiment's events at the same time: one finds the number taken, and takes the next.</summary>
    private const string EventNumber = "event_pkey";

    public static StoreException Explain(string place, DbException error) => error switch
    {
        PostgresException answer when IsPassing(answer) => new StoreUnavailableException($"{place} {Passing(answer.SqlState)} [{Said(answer)}]", error),
        PostgresException answer => new StoreException($"{place} {Lasting(answer.SqlState)} [{Said(answer)}]", error),
        _ => new StoreUnavailableException(
            $"{place} cannot be reached. Is the server running, is its address right, and does the network lead there? [{Said(error)}]", error),
    };

    /// <summary>Whether the same again may succeed.</summary>
    private static bool IsPassing(PostgresException error) => error.SqlState switch
    {
        SerializationFailure or DeadlockDetected or StatementCompletionUnknown or LockNotAvailable => true,
        UniqueViolation => error.ConstraintName == EventNumber,
        TooManyConnections or OutOfMemory or ConfigurationLimitExceeded => true,
        AdminShutdown or CrashShutdown or CannotConnectNow => true,
        // 08: connection exceptions. 25P03: the server ended a transaction that stood idle. 57P05: a session that did.
        "25P03" or "57P05" => true,
        _ => error.SqlState.StartsWith("08", StringComparison.Ordinal),
    };

    private static string Passing(string code) => code switch
    {
        TooManyConnections or ConfigurationLimitExceeded => "has no connection left. Raise max_connections of the server, or let fewer processes use it.",
        OutOfMemory => "is out of memory. Give the server more, or let fewer processes use it.",
        AdminShutdown or CrashShutdown or CannotConnectNow => "is stopping or starting. Wait for the server, then resume; what was finished is kept.",
        SerializationFailure or DeadlockDetected or LockNotAvailable or UniqueViolation => "is held up by other writers. Try again.",
        _ => "lost its connection. Check the server and the network, then resume; what was finished is kept.",
    };

    private static string Lasting(string code) => code switch
    {
        DiskFull => "cannot grow: the server's disk is full. Make room there and resume; what was finished is kept.",
        InvalidPassword or InvalidAuthorizationSpecification =>
            "refuses the user. Check Username and Password of the connection string, and pg_hba.conf of the server.",
        InvalidCatalogName => "does not exist. Create the database, or name another in the connection string.",
        InsufficientPrivilege => "does not let the user do this. Grant it the rights to the database and its schema.",
        ReadOnlySqlTransaction => "can only be read: the server is a standby or set to read-only. Name the primary server in the connection string.",
        UndefinedTable or UndefinedColumn or UndefinedFunction => "lacks a table of Grid. Was it changed by hand? Restore a copy, or name another database.",
        DataCorrupted or IndexCorrupted => "is damaged. Restore a copy, or name another database in the connection string.",
        _ => $"answered an error of PostgreSQL ({code}).",
    };

    /// <summary>PostgreSQL's own words. They name users, databases and addresses, and never a password.</summary>
    private static string Said(DbException error) => error is PostgresException answer ? answer.MessageText
        : error.InnerException is { } inner && !error.Message.Contains(inner.Message, StringComparison.Ordinal) ? $"{error.Message}: {inner.Message}"
        : error.Message;
}
