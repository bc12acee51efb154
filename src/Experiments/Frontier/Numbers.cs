using Grid.Experiments.Measurement;

namespace Grid.Experiments.Frontier;

/// <summary>The numbers of a point that may be compared.</summary>
internal static class Numbers
{
    /// <summary>The metric when its value is known and finite, else null.</summary>
    public static Metric? Of(Point point, string metric) =>
        point.Metrics.TryGetValue(metric, out var found) && found is { Comparable: not null, Provenance: not Provenance.Unavailable }
            ? found
            : null;

    /// <summary>The values of the objectives turned so that smaller is better. The point must know all of them.</summary>
    public static double[] Costs(Point point, IReadOnlyList<Objective> objectives) =>
        [.. objectives.Select(objective => objective.Cost(Of(point, objective.Metric)!.Value!.Value))];
}
