using System.Net;
using System.Net.Sockets;
using System.Text;
using Grid.Grains.Contracts;

namespace Grid.Silo.Tests.Security;

/// <summary>What somebody on the network sees.</summary>
public sealed class TlsWireTests
{
    private const string Secret = "what-only-members-may-know";

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // The proxy would see it.
    public async Task What_is_said_cannot_be_read_on_the_wire(bool tls)
    {
        using var authority = new TestAuthority();
        await using var cluster = new TlsCluster();
        using var proxy = new RecordingProxy();
        await cluster.StartSilo(tls ? authority.OfSilo() : null, between: proxy.Port);
        proxy.Begin(cluster.GatewayListens);

        var client = await cluster.Connect(tls ? authority.OfClient() : null);
        (await client.Pool("train/cpu").Lease(Secret, 1, TimeSpan.Zero)).ShouldBeEmpty();

        proxy.Bytes.ShouldBeGreaterThan(1000);
        proxy.Saw(Secret).ShouldBe(!tls);
    }

    /// <summary>Passes on what one side says to the other, and remembers it.</summary>
    private sealed class RecordingProxy : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly MemoryStream seen = new();

        public RecordingProxy() => listener.Start();

        public void Begin(int target) => _ = Accept(target);

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public long Bytes
        {
            get
            {
                lock (seen)
                    return seen.Length;
            }
        }

        public bool Saw(string text)
        {
            lock (seen)
                return seen.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        }

        public void Dispose() => listener.Dispose();

        private async Task Accept(int target)
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync();
                var far = new TcpClient();
                await far.ConnectAsync(IPAddress.Loopback, target);
                _ = Pass(near, far);
                _ = Pass(far, near);
            }
        }

        private async Task Pass(TcpClient from, TcpClient to)
        {
            using (from)
            using (to)
            {
                var buffer = new byte[4096];
                while (await from.GetStream().ReadAsync(buffer) is > 0 and var count)
                {
                    lock (seen)
                        seen.Write(buffer.AsSpan(0, count));
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
                }
            }
        }
    }
}
