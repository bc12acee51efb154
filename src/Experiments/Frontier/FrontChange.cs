namespace Grid.Experiments.Frontier;

/// <summary>What became of a point offered to a front.</summary>
public enum FrontEntry
{
    /// <summary>No point of the front dominates it; it is on the front now.</summary>
    Entered,

    /// <summary>Some point of the front is at least as good in everything and better in something.</summary>
    Dominated,

    /// <summary>A value is missing or not finite, so the point can be compared with nothing.</summary>
    NotComparable,
}

/// <param name="Displaced">The items that the new one dominates, which have left the front; in the order in which they had entered.</param>
public sealed record FrontChange<T>(FrontEntry Entry, IReadOnlyList<T> Displaced)
{
    public bool Entered => Entry == FrontEntry.Entered;
}
