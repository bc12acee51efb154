using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Grid.Silo.Security;

/// <summary>Logs peers that were refused, each address at most once a minute: who knocks a thousand times fills no disk.</summary>
internal sealed partial class RejectedPeers(TimeProvider time, ILogger logger)
{
    private const int MostRemembered = 1024;
    private static readonly TimeSpan silence = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Knocks> peers = [];

    public void Tell(EndPoint? peer, string problem)
    {
        var address = peer is IPEndPoint { Address: var ip } ? ip.ToString() : "unknown";
        if (peers.Count >= MostRemembered)
            peers.Clear();
        var knocks = peers.GetOrAdd(address, _ => new Knocks());
        lock (knocks)
        {
            if (knocks.Told is { } told && time.GetElapsedTime(told) < silence)
            {
                knocks.Untold++;
                return;
            }
            Refused(logger, address, problem, knocks.Untold);
            (knocks.Told, knocks.Untold) = (time.GetTimestamp(), 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a connection with {Peer}: {Problem} ({Untold} more refused since the last such message)")]
    private static partial void Refused(ILogger logger, string peer, string problem, int untold);

    private sealed class Knocks
    {
        public long? Told { get; set; }
        public int Untold { get; set; }
    }
}
