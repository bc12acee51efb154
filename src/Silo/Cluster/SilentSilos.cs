namespace Grid.Silo.Cluster;

/// <summary>Which silos have not answered this one, and for how long; and which of two gives way when they do not reach each other.</summary>
/// <param name="self">This silo.</param>
/// <param name="control">Whether it hosts grains.</param>
internal sealed class SilentSilos(SiloAddress self, bool control, TimeProvider time)
{
    private readonly Dictionary<SiloAddress, long> since = [];
    private readonly Dictionary<SiloAddress, bool> controls = [];

    /// <param name="answer">Whether the silo hosts grains; null when it did not answer.</param>
    public void Note(SiloAddress silo, bool? answer)
    {
        if (answer is { } hosts)
        {
            since.Remove(silo);
            controls[silo] = hosts;
        }
        else
            since.TryAdd(silo, time.GetTimestamp());
    }

    /// <summary>What others say of a silo that may never have answered this one: both sides must know of both what they are.</summary>
    public void Learn(SiloAddress silo, bool hosts) => controls[silo] = hosts;

    /// <summary>Members that have left are nothing to worry about.</summary>
    public void Keep(IReadOnlyCollection<SiloAddress> members)
    {
        foreach (var gone in since.Keys.Concat(controls.Keys).Except(members).ToArray())
        {
            since.Remove(gone);
            controls.Remove(gone);
        }
    }

    public IReadOnlyList<SiloAddress> For(TimeSpan atLeast) => [.. since.Where(s => time.GetElapsedTime(s.Value) >= atLeast).Select(s => s.Key)];

    /// <summary>
    /// Both sides come to the same answer without a word: workers give way to those that host grains, then the younger to the older.
    /// </summary>
    public bool GivesWayTo(SiloAddress other) =>
        (control ? 0 : 1, self).CompareTo((controls.GetValueOrDefault(other) ? 0 : 1, other)) > 0;
}
