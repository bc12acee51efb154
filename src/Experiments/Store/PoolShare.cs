namespace Grid.Experiments.Store;

/// <summary>How much of each pool an experiment gets, beside others that wait there.</summary>
/// <param name="Priority">Stages of experiments with a higher one go first. From <see cref="LeastPriority"/> to <see cref="MostPriority"/>.</param>
/// <param name="MostSlots">Leases it may hold at once in each pool, at least 1; null for no limit.</param>
public sealed record PoolShare(int Priority, int? MostSlots)
{
    public const int LeastPriority = -10;
    public const int MostPriority = 10;

    /// <summary>What an experiment has of which nothing else was said.</summary>
    public static PoolShare Usual { get; } = new(0, null);
}
