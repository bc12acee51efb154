using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Grid.Experiments.Stages;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Grid.Client.Drawing;

/// <summary>
/// Models that were measured on several classes of machines, side by side: what is the same everywhere once, what is not under the name of each
/// class, with a mark for those that are on its frontier. Where the terminal is too narrow for that, one table a class.
/// </summary>
/// <param name="outcomes">One a class, of one experiment.</param>
/// <param name="rows">Each model as a point of each class, in their order; null where it is not measured there. At least one is.</param>
internal sealed class ClassTable(IReadOnlyList<Outcome> outcomes, IReadOnlyList<IReadOnlyList<Point?>> rows) : Renderable
{
    /// <summary>Models by what made them: where several seeds are one point, the seed that is shown may be another on another class.</summary>
    public static ClassTable Of(IReadOnlyList<Outcome> outcomes, IEnumerable<StageSettings> models) => new(
        outcomes, [.. models.Select(model => outcomes.Select(o => o.Points.FirstOrDefault(p => p.Config.Equals(model))).ToList())]);

    /// <summary>The models that are on the frontier of any class.</summary>
    public static ClassTable OfFrontiers(IReadOnlyList<Outcome> outcomes) => Of(
        outcomes, outcomes.SelectMany(o => o.Frontier).OrderBy(p => p.Trial).Select(p => p.Config).Distinct());

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var glyphs = options.Unicode ? PlotGlyphs.Unicode : PlotGlyphs.Ascii;
        var table = new FoldedTable(
            "settings", [.. rows.Select(row => ConfigText.Of(Any(row).Config, outcomes[0].Sweep))], [.. rows.Select(_ => Style.Plain)]);
        var metrics = MetricText.ByImportance.Take(PointTable.MostMetrics).Where(m => rows.Any(row => row.Any(p => p?.Metrics.GetValueOrDefault(m)?.Comparable is not null))).ToList();
        var shared = metrics.Where(m => rows.All(row => row.OfType<Point>().Select(p => Text(p, m)).Distinct().Count() <= 1)).ToList();
        // The least important metrics give way first, those of all classes alike; one that differs must stay, or there is nothing to see.
        for (; metrics.Except(shared).Any(); metrics.RemoveAt(metrics.Count - 1))
            if (Columns(metrics, shared, glyphs) is var columns && table.Fits(columns, maxWidth))
                return table.Draw(columns, options, maxWidth);
        return outcomes.Index().SelectMany(o => OfOneClass(o.Item, [.. rows.Select(row => row[o.Index]).OfType<Point>()], options, maxWidth));
    }

    private static IEnumerable<Segment> OfOneClass(Outcome outcome, IReadOnlyList<Point> points, RenderOptions options, int maxWidth)
    {
        yield return new Segment($"on {outcome.Device}", new Style(decoration: Decoration.Bold));
        yield return Segment.LineBreak;
        foreach (var segment in ((IRenderable)new PointTable(outcome, points)).Render(options, maxWidth))
            yield return segment;
    }

    private List<FixedColumn> Columns(List<string> metrics, List<string> shared, PlotGlyphs glyphs) =>
    [
        new("trial", [.. rows.Select(row => Any(row).Trial.ToString())]),
        .. metrics.Where(shared.Contains).Select(m => new FixedColumn(MetricText.Heading(m), [.. rows.Select(row => Text(Any(row), m))])),
        .. outcomes.Index().SelectMany(o => metrics.Except(shared)
            .Select(m => new FixedColumn(MetricText.Heading(m), [.. rows.Select(row => Text(row[o.Index], m))], o.Item.Device))
            .Prepend(new("", [.. rows.Select(row => Mark(o.Item, row[o.Index], glyphs))], o.Item.Device))),
    ];

    private static Point Any(IReadOnlyList<Point?> row) => row.OfType<Point>().First();

    private static string Text(Point? point, string metric) => MetricText.Of(metric, point?.Metrics.GetValueOrDefault(metric));

    private static string Mark(Outcome outcome, Point? point, PlotGlyphs glyphs) =>
        point is null ? ""
        : point.Trial == outcome.Knee?.Trial ? $"{glyphs.Recommended}"
        : outcome.Frontier.Any(p => p.Trial == point.Trial) ? $"{glyphs.Frontier}"
        : point.Trial == outcome.Reference?.Trial ? $"{glyphs.Reference}"
        : "";
}
