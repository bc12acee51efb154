using Grid.Experiments.Metrics;

namespace Grid.Experiments.Frontier;

/// <summary>Joins the points that several seeds gave for one configuration.</summary>
public static class SeedAggregate
{
    /// <summary>
    /// One point per configuration, in the order of their first points. Metrics are means over the seeds with the 95 % interval of
    /// the mean by Student's t. Trial, seed, artifact, layers and notes are those of a real model: the one with the lower median of
    /// accuracy (of equals the smaller seed). A configuration with one seed stays as it is. A metric that a seed does not know, or
    /// that has different provenance among the seeds, is unavailable.
    /// </summary>
    public static IReadOnlyList<Point> Of(IEnumerable<Point> points) => [.. points.GroupBy(point => point.Config).Select(Join)];

    private static Point Join(IEnumerable<Point> trials)
    {
        var points = trials.OrderBy(Accuracy).ThenBy(point => point.Seed).ToArray();
        if (points.Length == 1)
            return points[0];
        var median = points[(points.Length - 1) / 2];
        var seeds = points.Select(point => point.Seed).Order().ToArray();
        return median with
        {
            Metrics = points.SelectMany(point => point.Metrics.Keys).Distinct().ToDictionary(name => name, name => Mean(points, name)),
            Seeds = seeds,
            Notes =
            [
                $"means over the seeds {string.Join(", ", seeds)}; "
                + $"the file is that of seed {median.Seed}, the lower median in accuracy",
                .. median.Notes,
            ],
        };
    }

    // Points without accuracy come first, so that the median is one that has it whenever most have.
    private static double Accuracy(Point point) => Numbers.Of(point, MetricCatalog.Accuracy)?.Value ?? double.NegativeInfinity;

    private static Metric Mean(Point[] points, string name)
    {
        var unit = points.Select(point => point.Metrics.GetValueOrDefault(name)).OfType<Metric>().First().Unit;
        var metrics = points.Select(point => Numbers.Of(point, name)).OfType<Metric>().ToArray();
        if (metrics.Length < points.Length || metrics.Any(m => m.Unit != unit || m.Provenance != metrics[0].Provenance))
            return Metric.Unavailable(unit);
        var values = metrics.Select(metric => metric.Value!.Value).ToArray();

        // Equal values have themselves as mean, not a sum rounded and divided.
        if (values.All(value => value == values[0]))
            return new(values[0], unit, metrics[0].Provenance, values[0], values[0]);
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        var half = StudentT.Quantile975(values.Length - 1) * Math.Sqrt(variance / values.Length);
        return !double.IsFinite(half) ? Metric.Unavailable(unit) : new(mean, unit, metrics[0].Provenance, mean - half, mean + half);
    }
}
