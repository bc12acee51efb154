using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Grid.Experiments.Measurement;
using Spectre.Console;

namespace Grid.Client.Drawing;

/// <summary>Points as a table, one line each, with a mark for the recommended one and the reference.</summary>
internal static class PointTable
{
    private static readonly string[] Metrics =
    [
        MetricCatalog.Accuracy, MetricCatalog.TestAccuracy, MetricCatalog.LatencyP50, MetricCatalog.Speedup,
        MetricCatalog.Size, MetricCatalog.PackedSize, MetricCatalog.Energy,
    ];

    public static Table Of(Outcome outcome, IReadOnlyList<Point> points)
    {
        var shown = Metrics.Where(m => points.Any(p => p.Metrics.GetValueOrDefault(m)?.Comparable is not null)).ToList();
        var table = new Table().Border(TableBorder.Simple).AddColumn("").AddColumn(new TableColumn("trial").RightAligned());
        foreach (var metric in shown)
            table.AddColumn(new TableColumn(MetricText.Heading(metric)).RightAligned().NoWrap());
        table.AddColumn("settings");
        foreach (var point in points)
        {
            table.AddRow(
            [
                new Text(MarkOf(outcome, point)),
                new Text(point.Trial.ToString()),
                .. shown.Select(m => new Text(MetricText.Of(m, point.Metrics.GetValueOrDefault(m)))),
                new Text(ConfigText.Of(point.Config)),
            ]);
        }
        return table;
    }

    private static string MarkOf(Outcome outcome, Point point) =>
        point.Trial == outcome.Knee?.Trial ? "★" : point.Trial == outcome.Reference?.Trial ? "◇" : "";
}
