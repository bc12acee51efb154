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
        var fallback = references.MinBy(reference => reference.Key).Value;
        var ratios = new List<double[]>(points.Count);
        foreach (var point in points.DefaultIfEmpty(fallback))
        {
            var scale = objectives.Select(o => Scale(point, o.Metric)).ToArray();
            if (scale.Any(s => s is not > 0))
                return null;
            ratios.Add([.. Numbers.Costs(point, objectives).Zip(scale, (cost, s) => cost / s!.Value)]);
        }
        return points.Count == 0 ? 0 : Hypervolume.Of(ratios, [.. Bounds(objectives)]);

        double? Scale(Point point, string metric) =>
            Numbers.OfReference(point, metric, references)?.Value ?? Numbers.Of(fallback, metric)?.Value;
    }
}
