using System.Net;
using System.Net.Sockets;

namespace Grid.Experiments.Tests.Store;

/// <summary>Stands before a PostgreSQL server and, when told to, loses the answer to a commit: the work is done and nobody hears of it.</summary>
internal sealed class LossyProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int server;
    private int answersToLose;
    private int lost;

    /// <param name="server">Its port on loopback.</param>
    public LossyProxy(int server)
    {
        this.server = server;
        listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many answers were lost so far.</summary>
    public int Lost => Volatile.Read(ref lost);

    /// <summary>The next answer to a commit is lost, with its connection.</summary>
    public void LoseNextAnswer() => Interlocked.Increment(ref answersToLose);

    public void Dispose() => listener.Stop();

    private async Task Accept()
    {
        while (true)
            try
            {
                _ = Serve(await listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        using (var upstream = new TcpClient())
        {
            await upstream.ConnectAsync(IPAddress.Loopback, server);
            var losing = false;
            var asked = Pump(client.GetStream(), upstream.GetStream(), bytes =>
            {
                // With its end: a transaction begins as READ COMMITTED.
                if (bytes.IndexOf("COMMIT\0"u8) >= 0 && Interlocked.Exchange(ref answersToLose, 0) > 0)
                    Volatile.Write(ref losing, true);
                return true;
            });
            var answered = Pump(upstream.GetStream(), client.GetStream(), _ => !Volatile.Read(ref losing));
            await Task.WhenAny(asked, answered);
            if (Volatile.Read(ref losing))
                Interlocked.Increment(ref lost);
        }
    }

    /// <summary>Until one end closes, or what came is not to be passed on.</summary>
    private static async Task Pump(NetworkStream from, NetworkStream to, PassesOn passesOn)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var read && passesOn(buffer.AsSpan(0, read)))
                await to.WriteAsync(buffer.AsMemory(0, read));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // One end is gone; the other hears of it.
        }
    }

    private delegate bool PassesOn(ReadOnlySpan<byte> bytes);
}
