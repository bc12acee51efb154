using Grid.Client.Drawing;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Client.Reading;

/// <summary>One model chosen out of many, and why.</summary>
/// <param name="Rule">One of the constants.</param>
/// <param name="Why">For people.</param>
internal sealed record Choice(string Rule, string Why, Point Point)
{
    /// <summary>The knee of the frontier.</summary>
    public const string Knee = "knee";

    /// <summary>The best in one metric.</summary>
    public const string Best = "best";

    /// <summary>
    /// The best in that metric; without one the best in the sweep's first cost if a loss of accuracy is allowed for, else the knee. Null
    /// when there is no point to choose.
    /// </summary>
    /// <param name="outcome">Sorted under the limits.</param>
    /// <param name="by">Name or alias of a metric; null for none.</param>
    public static Choice? Of(Outcome outcome, string? by, IReadOnlyList<Constraint> limits)
    {
        if ((by ?? FirstCost(outcome, limits)) is not { } metric)
            return outcome.Knee is { } knee ? new(Knee, Comparison.Recommend(outcome, knee), knee) : null;
        var definition = MetricCatalog.Find(metric)!;
        var best = BestUnder.Find(outcome.Eligible, new(definition.Name, definition.Better), [], new Dictionary<long, Point>());
        return best is null ? null : new(Best, Explain(outcome, definition, best, limits), best);
    }

    private static string? FirstCost(Outcome outcome, IReadOnlyList<Constraint> limits) =>
        limits.Any(limit => limit.Quantity == Constraint.AccuracyDrop)
            ? outcome.Sweep.Objectives.FirstOrDefault(o => o.Direction == Direction.Minimize)?.Metric ?? MetricCatalog.Size
            : null;

    private static string Explain(Outcome outcome, MetricDefinition metric, Point best, IReadOnlyList<Constraint> limits)
    {
        var among = limits.Count > 0 ? $" with {string.Join(" and ", limits.Select(ObjectiveText.Of))}" : "";
        return $"Trial {best.Trial} has the {(metric.Better == Direction.Minimize ? "smallest" : "largest")} {metric.Name} "
            + $"({MetricText.Of(metric.Name, best.Metrics[metric.Name])}) of {Counted.Of(outcome.Eligible.Count, "model")}{among}. {Comparison.Against(outcome, best)}";
    }
}
