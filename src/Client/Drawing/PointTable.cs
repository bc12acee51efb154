using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Grid.Client.Drawing;

/// <summary>
/// Points as a table, with a mark for the recommended one and the reference. Numbers are never broken: where the terminal is
/// narrow, the last columns of numbers give way to the settings.
/// </summary>
/// <param name="fold">Whether long settings go on in further lines; otherwise they are cut, so that each point takes one line.</param>
internal sealed class PointTable(Outcome outcome, IReadOnlyList<Point> points, bool fold = true) : Renderable
{
    /// <summary>The lines that are not points: heading and rule.</summary>
    public const int LinesOfFrame = 2;

    /// <summary>What a terminal has room for.</summary>
    public const int MostMetrics = 7;

    /// <summary>The mark, the trial and its most important number.</summary>
    private const int LeastColumns = 3;

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var columns = Columns(options.Unicode ? PlotGlyphs.Unicode : PlotGlyphs.Ascii);
        var table = new FoldedTable("settings", [.. points.Select(p => ConfigText.Of(p.Config, outcome.Sweep))], [.. points.Select(StyleOf)], fold);
        return table.DrawFitting(columns, LeastColumns, options, maxWidth);
    }

    private List<FixedColumn> Columns(PlotGlyphs glyphs) =>
    [
        new FixedColumn("", [.. points.Select(p => MarkOf(p, glyphs))]),
        new FixedColumn("trial", [.. points.Select(p => p.Trial.ToString())]),
        .. MetricText.ByImportance.Take(MostMetrics).Where(m => points.Any(p => p.Metrics.GetValueOrDefault(m)?.Comparable is not null))
            .Select(m => new FixedColumn(MetricText.Heading(m), [.. points.Select(p => MetricText.Of(m, p.Metrics.GetValueOrDefault(m)))])),
    ];

    private string MarkOf(Point point, PlotGlyphs glyphs) =>
        point.Trial == outcome.Knee?.Trial ? $"{glyphs.Recommended}" : point.Trial == outcome.Reference?.Trial ? $"{glyphs.Reference}" : "";

    private Style StyleOf(Point point) => point.Trial == outcome.Knee?.Trial ? new Style(Color.Green) : Style.Plain;
}
