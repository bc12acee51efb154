using Grid.Experiments.Store;
using Grid.Grains.Contracts;

namespace Grid.Grains.Pools;

/// <summary>What a pool has leased out, and how far it is.</summary>
internal sealed class RunningLeases
{
    /// <summary>Workers tell how far they are every second: who leased a stage later than this may be at it, and not have said so yet.</summary>
    private static readonly TimeSpan untold = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Lease> leases = [];

    /// <summary>Those of what is leased out, and of what its owner notes beside.</summary>
    public SlotUse Slots { get; } = new();

    public IReadOnlyList<RunningStage> View => [.. leases.Values.Select(l => l.View)];

    public bool Contains(string key) => leases.ContainsKey(key);

    /// <summary>Whether its worker said that it is at it, or has not had the time to say anything.</summary>
    public bool MayHaveBegun(string key, DateTimeOffset now) =>
        leases.TryGetValue(key, out var lease) && !lease.Abandoned && (lease.View.Text.Length > 0 || now - lease.View.Since < untold);

    public void Add(LeasedStage stage, string holder, DateTimeOffset since, DateTimeOffset until)
    {
        TakeOut(stage.Key);
        leases[stage.Key] = new(
            new StageOffer(stage.Request, stage.Attempt, Free: false, stage.Trace), until,
            new RunningStage(stage.Key, stage.Request.Spec.Kind, stage.Request.Spec.Settings, holder, stage.Attempt, since, 0, ""));
        Slots.Take(stage.Request.Experiment);
    }

    public void Remove(StageLease ended)
    {
        if (Find(ended) is not null)
            TakeOut(ended.Key);
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Abandon(string key)
    {
        if (leases.TryGetValue(key, out var lease))
            leases[key] = lease with { Abandoned = true };
    }

    /// <summary>Notes how far a lease is; null when it is not known, otherwise whether the work is wanted: somebody waits, and it is no other's.</summary>
    public bool? Report(StageProgress progress)
    {
        if (!leases.TryGetValue(progress.Key, out var lease))
            return null;
        if (lease.View.Attempt != progress.Attempt || lease.Abandoned)
            return false;
        leases[progress.Key] = lease with { View = lease.View with { Fraction = progress.Fraction, Text = progress.Text } };
        return true;
    }

    public bool EndsBefore(StageLease lease, DateTimeOffset time) => Find(lease)?.Until < time;

    public void Prolong(StageLease lease, DateTimeOffset until)
    {
        if (Find(lease) is { } running)
            leases[lease.Key] = running with { Until = until };
    }

    /// <summary>Takes out those that ran out, as offers at the attempt that was lost.</summary>
    public IReadOnlyList<StageOffer> TakeExpired(DateTimeOffset now)
    {
        var taken = leases.Values.Where(l => l.Until <= now).ToArray();
        foreach (var lease in taken)
            TakeOut(lease.View.Key);
        return [.. taken.Where(l => !l.Abandoned).Select(l => l.Offer)];
    }

    /// <summary>The one way out: however a lease ends, its slot is free again.</summary>
    private void TakeOut(string key)
    {
        if (leases.Remove(key, out var lease))
            Slots.Return(lease.Offer.Request.Experiment);
    }

    private Lease? Find(StageLease lease) =>
        leases.TryGetValue(lease.Key, out var running) && running.View.Attempt == lease.Attempt ? running : null;

    private sealed record Lease(StageOffer Offer, DateTimeOffset Until, RunningStage View, bool Abandoned = false);
}
