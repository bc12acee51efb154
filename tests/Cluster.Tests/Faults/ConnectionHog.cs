using Grid.Tests;
using Npgsql;

namespace Grid.Cluster.Tests.Faults;

/// <summary>Takes every connection that a server has, from those who have them too, and keeps them until it is disposed of.</summary>
internal sealed class ConnectionHog : IDisposable
{
    private const string Mine = "hog";

    private readonly List<NpgsqlConnection> connections = [];

    private ConnectionHog()
    {
    }

    public static ConnectionHog Take(PostgresServer server)
    {
        var hog = new ConnectionHog();
        var place = $"{server.ConnectionString("postgres")};Pooling=false;Application Name={Mine}";
        var others = long.MaxValue;
        while (others > 0)
        {
            hog.Fill(place);
            // Their places are free for a moment: whoever is first has them.
            using var command = new NpgsqlCommand(
                $"select count(pg_terminate_backend(pid)) from pg_stat_activity where backend_type = 'client backend' and application_name <> '{Mine}'",
                hog.connections[0]);
            others = (long)command.ExecuteScalar()!;
        }
        return hog;
    }

    public void Dispose() => connections.ForEach(c => c.Dispose());

    private void Fill(string place)
    {
        while (true)
        {
            var connection = new NpgsqlConnection(place);
            try
            {
                connection.Open();
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                connection.Dispose();
                return;
            }
            connections.Add(connection);
        }
    }
}
