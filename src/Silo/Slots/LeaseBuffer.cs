using System.Collections.Concurrent;
using System.Threading.Channels;
using Grid.Grains;
using Grid.Grains.Contracts;
using Microsoft.Extensions.Logging;

namespace Grid.Silo.Slots;

/// <summary>
/// Leases of one pool: fetches them ahead of the slots, keeps them alive, forgets them when they have ended. It fetches enough for
/// half a second of work, so that slots need not wait for a lease where stages are short, and nothing is hoarded where they are long. It asks
/// again when half of that is used up: one call for many.
/// </summary>
/// <param name="name">Of the pool.</param>
/// <param name="giveBack">Ends a lease that is not worked on, for another to take.</param>
/// <param name="all">Is told of every lease.</param>
/// <param name="leastAhead">Leases to have at hand beside those worked on, however long they take.</param>
internal sealed partial class LeaseBuffer(
    string name, IPoolGrain pool, string holder, int slots, int leastAhead, Func<HeldLease, Task> giveBack, HeldLeases all, DrainSwitch drain, TimeProvider time,
    ILogger logger)
{
    private const double AheadSeconds = 0.5;
    private const int MostAhead = 256;
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly Channel<HeldLease> ready = Channel.CreateUnbounded<HeldLease>();
    private readonly ConcurrentDictionary<(string Key, int Attempt), HeldLease> held = [];
    private readonly Channel<bool> taken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private double meanSeconds = AheadSeconds;
    private int busy;

    public string Pool => name;

    /// <summary>Slots that it fetches for.</summary>
    public int Slots => slots;

    /// <summary>Slots that are at a lease.</summary>
    public int Busy => Volatile.Read(ref busy);

    /// <summary>The next lease to work on.</summary>
    public async ValueTask<HeldLease> Take(CancellationToken cancellation)
    {
        await drain.WaitUntilOff(cancellation);
        var lease = await ready.Reader.ReadAsync(cancellation);
        Interlocked.Increment(ref busy);
        return lease;
    }

    /// <summary>The same if there is one at hand, and the silo does not drain.</summary>
    public bool TryTake(out HeldLease lease)
    {
        lease = null!;
        if (drain.IsOn || !ready.Reader.TryRead(out lease!))
            return false;
        Interlocked.Increment(ref busy);
        return true;
    }

    /// <summary>A slot has worked that long on a lease, and looks for the next.</summary>
    public void Worked(double seconds)
    {
        meanSeconds += (seconds - meanSeconds) / 8;
        Passed();
    }

    /// <summary>A slot looks for the next without having worked on the lease it took.</summary>
    public void Passed()
    {
        Interlocked.Decrement(ref busy);
        taken.Writer.TryWrite(true);
    }

    /// <summary>The end of a lease is recorded.</summary>
    public void Forget(HeldLease lease)
    {
        held.TryRemove((lease.Stage.Key, lease.Stage.Attempt), out _);
        all.Remove(lease);
        lease.Dispose();
    }

    /// <summary>Gives back what was leased and not begun.</summary>
    public async Task ReleaseWaiting()
    {
        while (ready.Reader.TryRead(out var lease))
            await giveBack(lease);
    }

    /// <summary>Fetches leases until cancelled, but none while the silo drains.</summary>
    public async Task Fetch(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var ahead = (int)Math.Clamp(AheadSeconds / Math.Max(meanSeconds, 1e-6) * slots, leastAhead, MostAhead);
            var wanted = slots - Busy + ahead - ready.Reader.Count;
            try
            {
                if (drain.IsOn)
                {
                    await ReleaseWaiting();
                    await drain.WaitUntilOff(cancellation);
                }
                else if (wanted <= ahead / 2)
                    await taken.Reader.ReadAsync(cancellation);
                else
                    foreach (var stage in await pool.Lease(holder, wanted, LongPoll, cancellation).WaitAsync(cancellation))
                        Hold(new HeldLease(stage));
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LeasingFailed(logger, Words(e));
                await Task.Delay(AfterFailure, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Hold(HeldLease lease)
    {
        held[(lease.Stage.Key, lease.Stage.Attempt)] = lease;
        all.Add(lease);
        ready.Writer.TryWrite(lease);
    }

    /// <summary>Keeps what is held alive until cancelled.</summary>
    public async Task KeepAlive(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Heartbeat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
                await Beat();
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task Beat()
    {
        var leases = held.Values.ToArray();
        if (leases.Length == 0)
            return;
        try
        {
            var answer = await pool.Heartbeat(holder, [.. leases.Select(l => l.Progress)]);
            await Abandon(leases, answer.Abandon);
            if (answer.Unknown.Count > 0)
                await Abandon(leases, await pool.Resume(holder, [.. leases.Where(l => answer.Unknown.Contains(l.Stage.Key)).Select(l => l.Stage)]));
        }
        catch (Exception e)
        {
            // The next beat tries again; a lease that is lost meanwhile is another's, and its result is refused.
            HeartbeatFailed(logger, Words(e));
        }
    }

    private async Task Abandon(IEnumerable<HeldLease> leases, IReadOnlyList<string> keys)
    {
        if (keys.Count == 0)
            return;
        foreach (var lease in leases.Where(l => keys.Contains(l.Stage.Key)))
            lease.Abandon();
        // What has not begun goes back now, not when a slot comes across it.
        for (var left = ready.Reader.Count; left > 0 && ready.Reader.TryRead(out var lease); left--)
            if (!lease.Abandoned.IsCancellationRequested)
                ready.Writer.TryWrite(lease);
            else
                await giveBack(lease);
        taken.Writer.TryWrite(true);
    }

    /// <summary>What fails in passing is told in a line, all else with where it came from.</summary>
    private static string Words(Exception e) => Patience.IsPassing(e) ? e.Message : e.ToString();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Leasing stages failed; trying again: {Reason}")]
    private static partial void LeasingFailed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A heartbeat failed; trying again: {Reason}")]
    private static partial void HeartbeatFailed(ILogger logger, string reason);
}
