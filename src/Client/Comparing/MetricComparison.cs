using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Client.Comparing;

/// <summary>One metric of two models.</summary>
/// <param name="A">Null where it is not known, as B.</param>
/// <param name="Obstacle">Why the two cannot be compared; null when they can.</param>
internal sealed record MetricComparison(MetricDefinition Metric, Metric? A, Metric? B, string? Obstacle)
{
    public static MetricComparison Of(Side a, Side b, string metric, Point ofA, Point ofB)
    {
        var (first, second) = (Known(ofA, metric), Known(ofB, metric));
        return new(
            MetricCatalog.Find(metric)!, first, second,
            first is null || second is null
                ? "it is not known of " + (first is null && second is null ? "either" : first is null ? "A" : "B")
                : Comparability.Obstacle(a, b, metric, first.Provenance, second.Provenance));
    }

    public bool IsComparable => Obstacle is null;

    /// <summary>B over A; null where that has no meaning.</summary>
    public double? Ratio => IsComparable && A!.Value is > 0 and var a && B!.Value is > 0 and var b ? b / a : null;

    /// <summary>B less A, in the unit of the metric; null where they cannot be compared.</summary>
    public double? Difference => IsComparable ? B!.Value - A!.Value : null;

    /// <summary>'a', 'b', or null: they are equal, or cannot be compared.</summary>
    public string? Better => Difference switch
    {
        null or 0 => null,
        var more => more > 0 == (Metric.Better == Direction.Maximize) ? "b" : "a",
    };

    /// <summary>Whether their 95 % intervals lie apart; null when one is not known, or they cannot be compared.</summary>
    public bool? Separable => IsComparable ? Separability.AreApart(A!, B!) : null;

    private static Metric? Known(Point point, string metric) => point.Metrics.GetValueOrDefault(metric) is { Comparable: not null } known ? known : null;
}
