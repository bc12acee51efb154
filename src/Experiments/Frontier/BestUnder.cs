using Grid.Experiments.Metrics;

namespace Grid.Experiments.Frontier;

/// <summary>Picks one point by one metric under limits on others.</summary>
public static class BestUnder
{
    /// <summary>
    /// The best point in that objective of those that keep every limit; the first of equals. A point that lacks a number which is
    /// asked for is passed over. Null when no point is left.
    /// </summary>
    public static Point? Find(
        IEnumerable<Point> points, Objective objective, IReadOnlyList<Constraint> limits, IReadOnlyDictionary<long, Point> references) =>
        points
            .Where(point => Numbers.Of(point, objective.Metric) is not null)
            .Where(point => limits.All(limit => ConstraintCheck.Of(point, limit, references).Kept == true))
            .MinBy(point => objective.Cost(Numbers.Of(point, objective.Metric)!.Value!.Value));

    /// <summary>The cheapest point that loses at most so much accuracy against the uncompressed reference of its seed.</summary>
    /// <param name="metric">What it should be cheap in, e.g. "latency-p50" or "size".</param>
    /// <param name="loss">0.01 for one percentage point.</param>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public static Point? CheapestWithin(
        IEnumerable<Point> points, string metric, double loss, IReadOnlyDictionary<long, Point> references)
    {
        var definition = MetricCatalog.Find(metric) ?? throw new ArgumentException($"There is no metric '{metric}'.", nameof(metric));
        return Find(points, new(definition.Name, definition.Better), [new(Constraint.AccuracyDrop, AtMost: true, loss)], references);
    }
}
