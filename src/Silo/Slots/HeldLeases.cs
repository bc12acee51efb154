using System.Collections.Concurrent;

namespace Grid.Silo.Slots;

/// <summary>All that this silo has leased, from the lease until its end is recorded: for who must know what is in use here.</summary>
internal sealed class HeldLeases
{
    private readonly ConcurrentDictionary<HeldLease, bool> all = [];

    /// <summary>SHA-256 of the artifacts that they read.</summary>
    public IEnumerable<string> Artifacts => all.Keys
        .SelectMany(lease => new[] { lease.Stage.Request.Input, lease.Stage.Request.Reference, lease.Stage.Checkpoint }).OfType<string>().Distinct();

    public void Add(HeldLease lease) => all.TryAdd(lease, true);

    public void Remove(HeldLease lease) => all.TryRemove(lease, out _);
}
