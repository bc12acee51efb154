using Grid.Experiments.Metrics;

namespace Grid.Experiments.Frontier;

/// <summary>The numbers of a point that may be compared.</summary>
internal static class Numbers
{
    /// <summary>The metric when its value is known and finite, else null.</summary>
    public static Metric? Of(Point point, string metric) =>
        point.Metrics.TryGetValue(metric, out var found) && found is { Comparable: not null, Provenance: not Provenance.Unavailable }
            ? found
            : null;

    /// <summary>
    /// The mean over the references of exactly the seeds that the point stands for, so that a mean of two seeds is not compared with
    /// a mean of three. Null when one is missing, unknown or of other provenance.
    /// </summary>
    public static (double Value, Provenance Provenance)? OfReference(Point point, string metric, IReadOnlyDictionary<long, Point> references)
    {
        var metrics = point.Seeds.Select(seed => references.TryGetValue(seed, out var reference) ? Of(reference, metric) : null).ToArray();
        return metrics.All(m => m is not null && m.Provenance == metrics[0]!.Provenance)
            ? (metrics.Average(m => m!.Value!.Value), metrics[0]!.Provenance)
            : null;
    }

    /// <summary>The values of the objectives turned so that smaller is better. The point must know all of them.</summary>
    public static double[] Costs(Point point, IReadOnlyList<Objective> objectives) =>
        [.. objectives.Select(objective => objective.Cost(Of(point, objective.Metric)!.Value!.Value))];
}
