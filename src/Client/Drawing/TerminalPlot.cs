using Spectre.Console;
using Spectre.Console.Rendering;

namespace Grid.Client.Drawing;

/// <summary>Draws a scatter plot with axes, units and a legend into as many columns as there are, and a given number of lines.</summary>
internal sealed class TerminalPlot(Scatter scatter, int lines) : Renderable
{
    private const int LinesBesidePlot = 4;
    private const int MostColumns = 100;

    private static readonly Style Quiet = new(Color.Grey);
    private static readonly Style Line = new(Color.Teal);

    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(40, maxWidth), Math.Min(MostColumns, maxWidth));

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var glyphs = options.Unicode ? PlotGlyphs.Unicode : PlotGlyphs.Ascii;
        var height = Math.Max(4, lines - LinesBesidePlot);
        var ticks = Labels(scatter.YAxis.Ticks(Math.Max(2, height / 3)), scatter.Y.Metric).ToDictionary(t => Row(t.Tick.Position, height), t => t.Text);
        var gutter = ticks.Values.Select(t => t.Length).DefaultIfEmpty(0).Max() + 1;
        var width = Math.Max(8, Math.Min(MostColumns, maxWidth) - gutter - 2);

        var field = new PlotField(scatter, width, height, glyphs);
        yield return Write(MetricText.Title(scatter.Y.Metric), Quiet);
        yield return Segment.LineBreak;
        for (var row = 0; row < height; row++)
        {
            var label = ticks.GetValueOrDefault(row);
            yield return Write((label ?? "").PadLeft(gutter) + (label is null ? glyphs.Vertical : glyphs.TickLeft), Quiet);
            foreach (var (text, kind) in field.Row(row))
                yield return Write(text, kind is { } mark ? StyleOf(mark) : Line);
            yield return Segment.LineBreak;
        }

        var (axis, labels) = BottomAxis(width, glyphs);
        var title = MetricText.Title(scatter.X.Metric) + (scatter.XAxis.Logarithmic ? ", logarithmic" : "");
        yield return Write(new string(' ', gutter) + glyphs.Corner + axis, Quiet);
        yield return Segment.LineBreak;
        yield return Write(new string(' ', gutter + 1) + labels, Quiet);
        yield return Segment.LineBreak;
        yield return Write(title.PadLeft(gutter + 1 + (width + title.Length) / 2), Quiet);
        yield return Segment.LineBreak;
        foreach (var kind in Legend(maxWidth))
        {
            yield return Write($"  {glyphs.Of(kind)} ", StyleOf(kind));
            yield return Write(Name(kind), Quiet);
        }
        yield return Segment.LineBreak;
    }

    internal static int Row(double position, int height) => Math.Clamp((int)Math.Round((1 - position) * (height - 1)), 0, height - 1);

    internal static int Column(double position, int width) => Math.Clamp((int)Math.Round(position * (width - 1)), 0, width - 1);

    internal static string Name(MarkKind kind) => kind switch
    {
        MarkKind.Dominated => "other points",
        MarkKind.Reference => "uncompressed reference",
        MarkKind.Frontier => "frontier",
        _ => "recommended",
    };

    private static Style StyleOf(MarkKind kind) => kind switch
    {
        MarkKind.Dominated => Quiet,
        MarkKind.Reference => new Style(Color.Yellow),
        MarkKind.Frontier => new Style(Color.Green),
        _ => new Style(Color.Green, decoration: Decoration.Bold),
    };

    /// <summary>The kinds of points there are, as many as one line names; the others go without a name first.</summary>
    private IEnumerable<MarkKind> Legend(int width)
    {
        var used = 0;
        return new[] { MarkKind.Frontier, MarkKind.Recommended, MarkKind.Reference, MarkKind.Dominated }
            .Where(k => scatter.Marks.Any(m => m.Kind == k))
            .TakeWhile(k => (used += Name(k).Length + 4) <= width);
    }

    private (string Axis, string Labels) BottomAxis(int width, PlotGlyphs glyphs)
    {
        var axis = Enumerable.Repeat(glyphs.Horizontal, width).ToArray();
        var labels = Enumerable.Repeat(' ', width + 1).ToArray();
        var free = 0;
        foreach (var (tick, text) in Labels(scatter.XAxis.Ticks(Math.Max(2, width / 12)), scatter.X.Metric))
        {
            var column = Column(tick.Position, width);
            var start = Math.Clamp(column - text.Length / 2, 0, Math.Max(0, labels.Length - text.Length));
            if (start < free || start + text.Length > labels.Length)
                continue;
            axis[column] = glyphs.TickUp;
            text.CopyTo(0, labels, start, text.Length);
            free = start + text.Length + 2;
        }
        return (new string(axis), new string(labels).TrimEnd());
    }

    private static IEnumerable<(Tick Tick, string Text)> Labels(IReadOnlyList<Tick> ticks, string metric) =>
        ticks.Zip(MetricText.Values(metric, [.. ticks.Select(t => t.Value)]));

    private static Segment Write(string text, Style style) => new(text, style);
}
