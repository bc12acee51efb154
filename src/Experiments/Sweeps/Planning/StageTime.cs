using Grid.Experiments.Stages;

namespace Grid.Experiments.Sweeps.Planning;

/// <summary>Time of stages by their number and the mean time of their kind.</summary>
public static class StageTime
{
    /// <summary>Wall seconds with every slot busy to the end: measurements one after the other, all else over the slots.</summary>
    /// <param name="stages">How many of each kind.</param>
    /// <param name="means">Seconds of one stage of each kind.</param>
    /// <param name="slots">At least 1.</param>
    /// <returns>Null when a kind that is to be computed has no mean.</returns>
    public static double? Total(IEnumerable<KeyValuePair<StageKind, int>> stages, IReadOnlyDictionary<StageKind, double> means, int slots)
    {
        var seconds = 0.0;
        foreach (var (kind, count) in stages.Where(s => s.Value > 0))
        {
            if (!means.TryGetValue(kind, out var mean))
                return null;
            seconds += count * mean / (kind == StageKind.Measure ? 1 : slots);
        }
        return seconds;
    }
}
