using System.Net.Sockets;
using Npgsql;

namespace Grid.Experiments.Store.Postgres;

/// <summary>A database of a server, and how to connect to it.</summary>
internal sealed class PostgresDatabase
{
    // A session that froze in mid-transaction must not keep rows locked: the server ends it, and the writer does its work again.
    private const string SessionSettings =
        @"-c idle_in_transaction_session_timeout=20s -c lock_timeout=10s -c default_transaction_isolation=read\ committed";
    private const string ReadOnly = " -c default_transaction_read_only=on";

    private const int MostPooled = 4;

    private readonly string connectionString;
    private readonly string readOnlyConnectionString;
    private readonly string pooledConnectionString;

    private PostgresDatabase(NpgsqlConnectionStringBuilder builder)
    {
        // The store keeps its connections itself, and knows which a restart has broken.
        builder.Pooling = false;
        // Sent when a connection is made, which costs no round trip of its own.
        var options = $"{builder.Options} {SessionSettings}".TrimStart();
        builder.Options = options + ReadOnly;
        readOnlyConnectionString = builder.ConnectionString;
        builder.Options = options;
        connectionString = builder.ConnectionString;
        builder.Pooling = true;
        builder.MaxPoolSize = MostPooled;
        // Nothing is changed in a session that the next one to use it would have to take back.
        builder.NoResetOnClose = true;
        pooledConnectionString = builder.ConnectionString;
        Place = $"The store in database {builder.Database} on {builder.Host}:{builder.Port}";
    }

    /// <summary>What a message calls it.</summary>
    public string Place { get; }

    /// <summary>Reads a connection string of Npgsql.</summary>
    /// <exception cref="StoreException">It is none, or names no host or database. The message repeats nothing of it, which may hold a password.</exception>
    public static PostgresDatabase Parse(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            throw Unreadable("it is not a list of NAME=VALUE pairs that PostgreSQL's client knows");
        }
        if (string.IsNullOrEmpty(builder.Host))
            throw Unreadable("it names no Host");
        if (string.IsNullOrEmpty(builder.Database))
            throw Unreadable("it names no Database");
        builder.MaxAutoPrepare = 64;
        Preset(builder, "Application Name", "grid");
        Preset(builder, "Timeout", 5);
        Preset(builder, "Command Timeout", 20);
        Preset(builder, "Tcp Keepalive", true);
        Preset(builder, "Tcp Keepalive Time", 10);
        Preset(builder, "Tcp Keepalive Interval", 5);
        return new PostgresDatabase(builder);
    }

    /// <summary>A connection that is used for long, by one thread at a time.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached, or refuses.</exception>
    public NpgsqlConnection Open(bool readOnly)
    {
        var connection = new NpgsqlConnection(readOnly ? readOnlyConnectionString : connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (Exception e)
        {
            connection.Dispose();
            if (e is SocketException or TimeoutException or IOException)
                throw new NpgsqlException(e.Message, e);
            throw;
        }
    }

    /// <summary>A connection for one transaction, of a few that this process keeps; waits for one that is free.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached, or refuses, or none became free.</exception>
    public async Task<NpgsqlConnection> OpenPooled()
    {
        var connection = new NpgsqlConnection(pooledConnectionString);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync();
            if (e is SocketException or TimeoutException or IOException)
                throw new NpgsqlException(e.Message, e);
            throw;
        }
    }

    private static void Preset(NpgsqlConnectionStringBuilder builder, string name, object value)
    {
        if (!builder.ShouldSerialize(name))
            builder[name] = value;
    }

    private static StoreException Unreadable(string why) => new(
        $"The connection string of the store cannot be used: {why}. It looks like Host=db.example.org;Database=grid;Username=grid;Password=...; "
        + "a value that holds ; or = stands in quotes.");
}
