using Grid.Experiments.Store;
using Grid.Grains.Contracts;

namespace Grid.Grains.Pools;

/// <summary>What a pool has leased out, and how far it is.</summary>
internal sealed class RunningLeases
{
    private readonly Dictionary<string, Lease> leases = [];

    public IReadOnlyList<RunningStage> View => [.. leases.Values.Select(l => l.View)];

    public bool Contains(string key) => leases.ContainsKey(key);

    public void Add(StageOffer offer, StageRow row, string holder, DateTimeOffset since, DateTimeOffset until) => leases[offer.Key] = new(
        offer, until,
        new RunningStage(offer.Key, offer.Request.Spec.Kind, offer.Request.Spec.Settings, holder, row.Attempt, since, 0, ""));

    public void Remove(string key, int attempt)
    {
        if (leases.TryGetValue(key, out var lease) && lease.View.Attempt == attempt)
            leases.Remove(key);
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Abandon(string key)
    {
        if (leases.TryGetValue(key, out var lease))
            leases[key] = lease with { Abandoned = true };
    }

    /// <summary>False when the work is to be abandoned: nobody waits for it, or it is another's now.</summary>
    public bool Report(StageProgress progress)
    {
        if (!leases.TryGetValue(progress.Key, out var lease) || lease.View.Attempt != progress.Attempt || lease.Abandoned)
            return false;
        leases[progress.Key] = lease with { View = lease.View with { Fraction = progress.Fraction, Text = progress.Text } };
        return true;
    }

    /// <summary>Those of a holder that end before that time.</summary>
    public IReadOnlyList<StageLease> EndingBefore(DateTimeOffset time, string holder) =>
        [.. leases.Values.Where(l => l.View.Holder == holder && l.Until < time).Select(l => new StageLease(l.View.Key, l.View.Attempt))];

    public void Prolong(StageLease lease, DateTimeOffset until)
    {
        if (leases.TryGetValue(lease.Key, out var running) && running.View.Attempt == lease.Attempt)
            leases[lease.Key] = running with { Until = until };
    }

    /// <summary>Takes out those that ran out, as offers at the attempt that was lost.</summary>
    public IReadOnlyList<StageOffer> TakeExpired(DateTimeOffset now)
    {
        var expired = leases.Values.Where(l => l.Until <= now).ToArray();
        foreach (var lease in expired)
            leases.Remove(lease.View.Key);
        return [.. expired.Where(l => !l.Abandoned).Select(l => l.Offer with { Attempt = l.View.Attempt })];
    }

    private sealed record Lease(StageOffer Offer, DateTimeOffset Until, RunningStage View, bool Abandoned = false);
}
