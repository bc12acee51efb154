using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains.Contracts;
using Orleans.Concurrency;

namespace Grid.Grains.Pools;

/// <summary>
/// Calls interleave, so that one that waits for work does not hold up an offer; what they share changes only between awaits.
/// </summary>
[GrainType(GridGrains.PoolType), Reentrant, KeepAlive]
internal sealed class PoolGrain(IExperimentStore store, GridMeter meter, TimeProvider time) : Grain, IPoolGrain
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(20);

    /// <summary>A silo that serves the pool calls more often than that, whether it has work or not.</summary>
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, long> seen = [];
    private readonly OfferQueue queue = new();
    private readonly RunningLeases running = new();
    private readonly Dictionary<string, TakenOffer> taken = [];
    private TaskCompletionSource offered = NewSignal();

    private PoolShares Shares => field ??= new PoolShares(this.GetPrimaryKeyString(), queue, running, store, LeaseTime, time);

    public Task Offer(StageOffer offer)
    {
        if (offer.Free)
            running.Remove(new StageLease(offer.Key, offer.Attempt));
        Offer([offer]);
        return Task.CompletedTask;
    }

    public Task Withdraw(string key)
    {
        if (taken.TryGetValue(key, out var offer))
            offer.Withdraw();
        else if (!queue.Remove(key))
            running.Abandon(key);
        return Task.CompletedTask;
    }

    public Task<bool> Hold(string key)
    {
        if (taken.ContainsKey(key) || running.MayHaveBegun(key, time.GetUtcNow()))
            return Task.FromResult(true);
        Withdraw(key);
        return Task.FromResult(false);
    }

    public async Task<IReadOnlyList<LeasedStage>> Lease(string holder, int max, TimeSpan wait, CancellationToken cancellation = default)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            seen[holder] = time.GetTimestamp();
            OfferExpired();
            await Shares.Refresh();
            var leased = await Take(holder, max);
            var left = wait - time.GetElapsedTime(begun);
            if (leased.Count > 0 || left <= TimeSpan.Zero)
                return leased;
            try
            {
                // What a limit holds back is not offered again when the limit is raised.
                await offered.Task.WaitAsync(queue.Count > 0 && left > PoolShares.Age ? PoolShares.Age : left, time, cancellation);
            }
            catch (TimeoutException)
            {
                // Once more: while it waited, a share may have changed.
            }
        }
    }

    public async Task<HeartbeatAnswer> Heartbeat(string holder, IReadOnlyList<StageProgress> running)
    {
        seen[holder] = time.GetTimestamp();
        var known = running.ToLookup(p => this.running.Report(p), p => p.Lease);
        var now = time.GetUtcNow();
        var lost = await Renew([.. known[true].Where(l => this.running.EndsBefore(l, now + RenewBefore))]);
        OfferExpired();
        return new HeartbeatAnswer([.. known[false].Concat(lost).Select(l => l.Key)], [.. known[null].Select(l => l.Key)]);
    }

    public async Task<IReadOnlyList<string>> Resume(string holder, IReadOnlyList<LeasedStage> leases)
    {
        var now = time.GetUtcNow();
        var waiting = new List<StageOffer>();
        foreach (var stage in leases.Where(stage => !running.Contains(stage.Key)))
        {
            // It may wait here already, offered again by those who had lost sight of it.
            if (queue.Remove(stage.Key, out var offers))
                waiting.AddRange(offers);
            running.Add(stage, holder, now, now + LeaseTime);
        }
        var lost = (await Renew([.. leases.Select(l => l.Lease)])).Select(l => l.Key).ToHashSet();
        // Or because its holder had just given it back.
        Offer(waiting.Where(o => lost.Contains(o.Key)));
        return [.. lost];
    }

    public Task Ended(string key, int attempt)
    {
        running.Remove(new StageLease(key, attempt));
        // Its slot may be what something waits for.
        if (queue.Count > 0)
            Signal();
        return Task.CompletedTask;
    }

    public Task<PoolView> View() => Task.FromResult(new PoolView(
        this.GetPrimaryKeyString(), queue.Count, running.View, seen.Values.Count(at => time.GetElapsedTime(at) < Gone), queue.View(running.Slots.Of)));

    private async Task<IReadOnlyList<LeasedStage>> Take(string holder, int max)
    {
        var offers = new List<StageOffer>();
        while (offers.Count < max && queue.Take(Shares.Slots) is { } offer)
        {
            offers.Add(offer);
            taken[offer.Key] = new TakenOffer(offer);
            running.Slots.Take(offer.Request.Experiment);
        }
        try
        {
            var leases = await Task.WhenAll(offers.Select(o => AttemptTrace.Lease(o, holder, trace => store.TryLease(o.Key, o.Attempt, holder, LeaseTime, trace))));
            return [.. offers.Zip(leases, (offer, lease) => Answered(offer, lease.Row, lease.Trace)).OfType<LeasedStage>()];
        }
        catch (StoreUnavailableException)
        {
            // Nobody gets anything until the store is back; what could be leased then is decided by it.
            foreach (var offer in offers)
                Offer(Settle(offer).Wanted);
            throw;
        }
        catch (StoreException e)
        {
            foreach (var wanted in offers.SelectMany(o => Settle(o).Wanted))
                _ = GrainFactory.Experiment(wanted.Request.Experiment)
                    .StageEnded(new StageEnd { Key = wanted.Key, Ending = StageEnding.Stopped, Error = e.Message });
            return [];
        }
        finally
        {
            // From here on those that were leased count as leases.
            foreach (var offer in offers)
                running.Slots.Return(offer.Request.Experiment);
        }

        TakenOffer Settle(StageOffer offer)
        {
            taken.Remove(offer.Key, out var settled);
            return settled!;
        }

        LeasedStage? Answered(StageOffer offer, StageRow? row, string? trace)
        {
            var settled = Settle(offer);
            if (row is null)
            {
                // Somebody else took it or it ended. Whoever waits for it asks again, or has done so meanwhile.
                Offer(settled.Meanwhile);
                return null;
            }
            var stage = new LeasedStage(offer.Request, row.Attempt, row.Checkpoint, trace, offer.Before);
            running.Add(stage, holder, time.GetUtcNow(), Until());
            // The holder hears of that as of any other that is withdrawn.
            if (!settled.IsWanted)
                running.Abandon(offer.Key);
            return stage;
        }
    }

    /// <summary>
    /// When a lease just granted ends by this machine's clock. Taken after the store's answer, so never before the store thinks it has
    /// ended: an offer made sooner would be refused, and lost.
    /// </summary>
    private DateTimeOffset Until() => time.GetUtcNow() + LeaseTime;

    /// <summary>Prolongs leases; answers those that the store says are the holder's no longer.</summary>
    private async Task<IReadOnlyList<StageLease>> Renew(IReadOnlyList<StageLease> leases)
    {
        if (leases.Count == 0)
            return [];
        var lost = await store.Renew(leases, LeaseTime);
        foreach (var lease in lost)
            running.Remove(lease);
        foreach (var lease in leases.Except(lost))
            running.Prolong(lease, Until());
        return lost;
    }

    private void OfferExpired()
    {
        var expired = running.TakeExpired(time.GetUtcNow());
        meter.LeasesReclaimed(expired.Count, ReclaimReason.Expired);
        Offer(expired);
    }

    private void Offer(IEnumerable<StageOffer> offers)
    {
        foreach (var offer in offers)
            if (taken.TryGetValue(offer.Key, out var leasing))
                leasing.OfferAgain(offer);
            else if (!running.Contains(offer.Key) && queue.Add(offer))
                Signal();
    }

    private void Signal()
    {
        offered.TrySetResult();
        offered = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
