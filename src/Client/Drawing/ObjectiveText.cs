using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Client.Drawing;

/// <summary>Objectives and limits in words.</summary>
internal static class ObjectiveText
{
    public static string Of(Objective objective) =>
        $"{(objective.Direction == Direction.Maximize ? "maximize" : "minimize")} {objective.Metric}";

    public static string Of(Constraint limit) =>
        $"{limit.Quantity} {(limit.AtMost ? "at most" : "at least")} {Value(limit)}";

    private static string Value(Constraint limit) => limit.Quantity == Constraint.AccuracyDrop
        ? MetricText.Value(MetricCatalog.Accuracy, limit.Limit)
        : MetricText.Value(limit.Quantity, limit.Limit);
}
