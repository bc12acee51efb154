using Grid.Experiments.Store;

namespace Grid.Grains.Pools;

/// <summary>
/// Asks the store what share of a pool each experiment has: of one that is new here before anything of it is taken, of the others every
/// second. What is not known yet never breaks a limit.
/// </summary>
/// <param name="known">How long until every lease that was given before this pool was begun is known to it, or has run out.</param>
internal sealed class PoolShares(string pool, OfferQueue queue, RunningLeases running, IExperimentStore store, TimeSpan known, TimeProvider time)
{
    /// <summary>How old what is known may be.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private readonly long begun = time.GetTimestamp();
    private long? asked;
    private bool complete;

    /// <summary>Slots that count against an experiment's limit. All there are while leases may be out that this pool does not know.</summary>
    public int Slots(string experiment) => complete ? running.Slots.Of(experiment) : int.MaxValue;

    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task Refresh()
    {
        var due = asked is not { } at || time.GetElapsedTime(at) >= Age;
        if (!due && !queue.LacksShares)
            return;
        if (due)
        {
            // Set before the answer is there, so that calls which interleave with this one do not ask too.
            asked = time.GetTimestamp();
            queue.ForgetIdle();
        }
        if (!complete)
            complete = time.GetElapsedTime(begun) >= known || (await store.ListLeased(pool)).All(running.Contains);
        if (queue.Experiments is { Count: > 0 } experiments)
            foreach (var (experiment, share) in await store.FindShares(experiments))
                queue.SetShare(experiment, share);
    }
}
