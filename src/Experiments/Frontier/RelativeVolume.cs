using Grid.Experiments.Metrics;

namespace Grid.Experiments.Frontier;

/// <summary>The hypervolume of points whose values are divided by those of the uncompressed reference.</summary>
public static class RelativeVolume
{
    private const double WorstCost = 2;

    /// <summary>With one reference for all points, whatever their seeds: so the fronts of two sweeps can be compared. Null as below.</summary>
    public static double? Of(IReadOnlyList<Point> points, IReadOnlyList<Objective> objectives, Point reference) =>
        Of(points, objectives, new Dictionary<long, Point> { [reference.Seed] = reference });

    /// <summary>The corner of the volume, in multiples of the reference.</summary>
    internal static IReadOnlyList<double> Bounds(IReadOnlyList<Objective> objectives) =>
        [.. objectives.Select(objective => objective.Direction == Direction.Minimize ? WorstCost : 0)];

    /// <summary>Null when there is no reference, or one of its values is unknown or not positive.</summary>
    internal static double? Of(
        IReadOnlyList<Point> points, IReadOnlyList<Objective> objectives, IReadOnlyDictionary<long, Point> references)
    {
        if (references.Count == 0)
            return null;
        if (points.Count == 0)
            return Costs(references.MinBy(reference => reference.Key).Value, objectives, references) is null ? null : 0;
        var costs = points.Select(point => Costs(point, objectives, references)).ToArray();
        return costs.All(c => c is not null) ? Hypervolume.Of(costs!, [.. Bounds(objectives)]) : null;
    }

    /// <summary>What a point costs in each objective, in multiples of the reference of its own seeds, else of the smallest seed.</summary>
    /// <returns>Null when a value of the reference is unknown or not positive.</returns>
    public static double[]? Costs(Point point, IReadOnlyList<Objective> objectives, IReadOnlyDictionary<long, Point> references)
    {
        if (references.Count == 0)
            return null;
        var fallback = references.MinBy(reference => reference.Key).Value;
        var scale = objectives.Select(o => Numbers.OfReference(point, o.Metric, references)?.Value ?? Numbers.Of(fallback, o.Metric)?.Value).ToArray();
        return scale.All(s => s > 0) ? [.. Numbers.Costs(point, objectives).Zip(scale, (cost, s) => cost / s!.Value)] : null;
    }
}
