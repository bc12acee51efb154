using Grid.Experiments.Store;
using Grid.Grains.Contracts;
using Orleans.Concurrency;

namespace Grid.Grains.Pools;

/// <summary>
/// Calls interleave, so that one that waits for work does not hold up an offer; what they share changes only between awaits.
/// </summary>
[Reentrant]
internal sealed class PoolGrain(IExperimentStore store, TimeProvider time) : Grain, IPoolGrain
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(20);

    private readonly OfferQueue queue = new();
    private readonly RunningLeases running = new();
    private TaskCompletionSource offered = NewSignal();

    public Task Offer(StageOffer offer)
    {
        if (!running.Contains(offer.Key) && queue.Add(offer))
            Signal();
        return Task.CompletedTask;
    }

    public Task Withdraw(string key)
    {
        if (!queue.Remove(key))
            running.Abandon(key);
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<LeasedStage>> Lease(string holder, int max, TimeSpan wait, CancellationToken cancellation = default)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            OfferExpired();
            var leased = await Take(holder, max);
            var left = wait - time.GetElapsedTime(begun);
            if (leased.Count > 0 || left <= TimeSpan.Zero)
                return leased;
            try
            {
                await offered.Task.WaitAsync(left, time, cancellation);
            }
            catch (TimeoutException)
            {
                return [];
            }
        }
    }

    public async Task<IReadOnlyList<string>> Heartbeat(string holder, IReadOnlyList<StageProgress> running)
    {
        var abandon = running.Where(p => !this.running.Report(p)).Select(p => p.Key).ToList();
        var ending = this.running.EndingBefore(time.GetUtcNow() + RenewBefore, holder);
        if (ending.Count > 0)
        {
            var lost = await store.Renew(ending, LeaseTime);
            var until = Until();
            foreach (var lease in ending.Except(lost))
                this.running.Prolong(lease, until);
            abandon.AddRange(lost.Select(l => l.Key));
        }
        OfferExpired();
        return abandon;
    }

    public Task Ended(string key, int attempt)
    {
        running.Remove(key, attempt);
        return Task.CompletedTask;
    }

    public Task<PoolView> View() => Task.FromResult(new PoolView(this.GetPrimaryKeyString(), queue.Count, running.View));

    private async Task<IReadOnlyList<LeasedStage>> Take(string holder, int max)
    {
        var offers = new List<StageOffer>();
        while (offers.Count < max && queue.Take() is { } offer)
            offers.Add(offer);
        try
        {
            var rows = await Task.WhenAll(offers.Select(o => store.TryLease(o.Key, o.Attempt, holder, LeaseTime)));
            // No row: somebody else took it or it ended. Whoever waits for it asks again.
            return [.. offers.Zip(rows).Where(pair => pair.Second is not null).Select(pair => Leased(pair.First, pair.Second!))];
        }
        catch (StoreException e)
        {
            foreach (var offer in offers)
                _ = GrainFactory.GetGrain<IExperimentGrain>(offer.Request.Experiment)
                    .StageEnded(new StageEnd { Key = offer.Key, Ending = StageEnding.Stopped, Error = e.Message });
            return [];
        }

        LeasedStage Leased(StageOffer offer, StageRow row)
        {
            running.Add(offer, row, holder, time.GetUtcNow(), Until());
            return new LeasedStage(offer.Request, row.Attempt);
        }
    }

    /// <summary>
    /// When a lease just granted ends by this machine's clock. Taken after the store's answer, so never before the store thinks it has
    /// ended: an offer made sooner would be refused, and lost.
    /// </summary>
    private DateTimeOffset Until() => time.GetUtcNow() + LeaseTime;

    private void OfferExpired()
    {
        foreach (var offer in running.TakeExpired(time.GetUtcNow()))
            if (queue.Add(offer))
                Signal();
    }

    private void Signal()
    {
        offered.TrySetResult();
        offered = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
