using System.Data.Common;
using System.Net;
using Grid.Experiments.Store.Postgres;
using Npgsql;

namespace Grid.Experiments.Store;

/// <summary>What a look at the database of a cluster finds, beside its experiments.</summary>
/// <param name="Place">What messages call it.</param>
/// <param name="Server">The server's version.</param>
/// <param name="Ahead">By how much its clock is ahead of this machine's; negative where it is behind.</param>
/// <param name="Uncertainty">By how much that may be wrong: half of the time that the question took.</param>
/// <param name="Silos">Those that count as alive.</param>
public sealed record ClusterDatabase(string Place, string Server, TimeSpan Ahead, TimeSpan Uncertainty, IReadOnlyList<MemberSilo> Silos)
{
    /// <summary>The quickest answer tells the clock best.</summary>
    private const int Questions = 5;

    /// <summary>Of Orleans, whose membership tables these are.</summary>
    private const int Active = 3;

    /// <param name="connectionString">As Npgsql reads it.</param>
    /// <param name="cluster">Tells clusters apart that share a database.</param>
    /// <exception cref="StoreException">It cannot be reached or read; the message says what to change.</exception>
    public static async Task<ClusterDatabase> Look(string connectionString, string cluster, TimeProvider time)
    {
        var database = PostgresDatabase.Parse(connectionString);
        try
        {
            await using var connection = database.Open(readOnly: true);
            var (ahead, uncertainty) = await Clock(connection, time);
            return new(database.Place, connection.PostgreSqlVersion.ToString(), ahead, uncertainty, await Members(connection, cluster));
        }
        catch (DbException e)
        {
            throw PostgresErrors.Explain(database.Place, e);
        }
    }

    private static async Task<(TimeSpan Ahead, TimeSpan Uncertainty)> Clock(NpgsqlConnection connection, TimeProvider time)
    {
        var best = (Ahead: TimeSpan.Zero, Uncertainty: TimeSpan.MaxValue);
        for (var i = 0; i < Questions; i++)
        {
            await using var question = new NpgsqlCommand("select clock_timestamp()", connection);
            var (asked, begun) = (time.GetUtcNow(), time.GetTimestamp());
            var answer = (DateTime)(await question.ExecuteScalarAsync())!;
            var half = time.GetElapsedTime(begun) / 2;
            if (half < best.Uncertainty)
                best = (answer - (asked.UtcDateTime + half), half);
        }
        return best;
    }

    private static async Task<IReadOnlyList<MemberSilo>> Members(NpgsqlConnection connection, string cluster)
    {
        await using var question = new NpgsqlCommand(
            "select siloname, address, port, proxyport from orleansmembershiptable where deploymentid = @cluster and status = @active order by siloname", connection);
        question.Parameters.AddWithValue("cluster", cluster);
        question.Parameters.AddWithValue("active", Active);
        var members = new List<MemberSilo>();
        await using var rows = await question.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            members.Add(new(rows.GetString(0), IPAddress.Parse(rows.GetString(1)), rows.GetInt32(2), rows.GetInt32(3)));
        return members;
    }
}

/// <param name="Gateway">Port for clients; 0 where it takes none.</param>
public sealed record MemberSilo(string Name, IPAddress Address, int Port, int Gateway);
