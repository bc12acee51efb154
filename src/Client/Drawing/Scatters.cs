using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Client.Drawing;

/// <summary>Makes scatter plots of an experiment's points.</summary>
internal static class Scatters
{
    /// <summary>The plot that says most about this sweep: its first objective to maximise over its first to minimise.</summary>
    public static Scatter ForObjectives(Outcome outcome)
    {
        var objectives = outcome.Sweep.Objectives;
        var y = objectives.FirstOrDefault(o => o.Direction == Direction.Maximize) ?? Of(MetricCatalog.Accuracy);
        var x = objectives.FirstOrDefault(o => o.Direction == Direction.Minimize && o.Metric != y.Metric) ?? Of(MetricCatalog.Size);
        return Of(outcome, x, y);
    }

    public static Scatter Of(Outcome outcome, Objective x, Objective y)
    {
        var marks = outcome.Others.Select(p => Mark(p, p.Trial == outcome.Reference?.Trial ? MarkKind.Reference : MarkKind.Dominated))
            .Concat(outcome.Frontier.Select(p => Mark(p, KindOnFrontier(p))));
        return new Scatter(x, y, marks);

        MarkKind KindOnFrontier(Point point) =>
            point.Trial == outcome.Reference?.Trial ? MarkKind.Reference :
            point.Trial == outcome.Knee?.Trial ? MarkKind.Recommended : MarkKind.Frontier;

        Mark Mark(Point point, MarkKind kind) => new(Value(point, x), Value(point, y), kind, point.Trial);
    }

    private static double Value(Point point, Objective axis) => point.Metrics.GetValueOrDefault(axis.Metric)?.Comparable ?? double.NaN;

    private static Objective Of(string metric) => new(metric, MetricCatalog.Find(metric)!.Better);
}
