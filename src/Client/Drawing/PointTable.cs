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
    private const int LeastSettings = 24;
    private const int Gap = 2;

    /// <summary>What a terminal has room for.</summary>
    private const int MostMetrics = 7;

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var glyphs = options.Unicode ? PlotGlyphs.Unicode : PlotGlyphs.Ascii;
        var columns = Columns(glyphs);
        var settings = points.Select(p => ConfigText.Of(p.Config, outcome.Sweep)).ToList();
        var wanted = Math.Min(settings.Select(s => s.Length).Append("settings".Length).Max(), LeastSettings);
        while (columns.Count > 3 && columns.Sum(c => c.Width + Gap) + wanted > maxWidth)
            columns.RemoveAt(columns.Count - 1);
        var before = columns.Sum(c => c.Width + Gap);
        var room = Math.Max(8, maxWidth - before);

        yield return new Segment(string.Concat(columns.Select(c => c.Heading.PadLeft(c.Width) + "  ")) + "settings", new Style(decoration: Decoration.Bold));
        yield return Segment.LineBreak;
        yield return new Segment(new string(options.Unicode ? '─' : '-', Math.Min(maxWidth, before + Math.Min(room, settings.Select(s => s.Length).Append(8).Max()))), new Style(Color.Grey));
        yield return Segment.LineBreak;
        for (var row = 0; row < points.Count; row++)
        {
            yield return new Segment(string.Concat(columns.Select(c => c.Cells[row].PadLeft(c.Width) + "  ")), StyleOf(points[row]));
            var lines = fold ? Fold(settings[row], room) : [Cut(settings[row], room)];
            for (var line = 0; line < lines.Count; line++)
            {
                yield return new Segment((line > 0 ? new string(' ', before) : "") + lines[line]);
                yield return Segment.LineBreak;
            }
        }
    }

    private List<Column> Columns(PlotGlyphs glyphs) =>
    [
        new Column("", [.. points.Select(p => MarkOf(p, glyphs))]),
        new Column("trial", [.. points.Select(p => p.Trial.ToString())]),
        .. MetricText.ByImportance.Take(MostMetrics).Where(m => points.Any(p => p.Metrics.GetValueOrDefault(m)?.Comparable is not null))
            .Select(m => new Column(MetricText.Heading(m), [.. points.Select(p => MetricText.Of(m, p.Metrics.GetValueOrDefault(m)))])),
    ];

    private string MarkOf(Point point, PlotGlyphs glyphs) =>
        point.Trial == outcome.Knee?.Trial ? $"{glyphs.Recommended}" : point.Trial == outcome.Reference?.Trial ? $"{glyphs.Reference}" : "";

    private Style StyleOf(Point point) => point.Trial == outcome.Knee?.Trial ? new Style(Color.Green) : Style.Plain;

    private static string Cut(string text, int width) => text.Length <= width ? text : string.Concat(text.AsSpan(0, width - 1), "…");

    private static List<string> Fold(string text, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > width)
                lines.Add("");
            lines[^1] += lines[^1].Length > 0 ? " " + word : word;
        }
        return lines;
    }

    private sealed record Column(string Heading, IReadOnlyList<string> Cells)
    {
        public int Width { get; } = Cells.Select(c => c.Length).Append(Heading.Length).Max();
    }
}
