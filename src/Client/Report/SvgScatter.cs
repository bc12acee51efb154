using Grid.Client.Drawing;
using Grid.Client.Reading;

namespace Grid.Client.Report;

/// <summary>Draws a scatter plot as SVG. Each point links to its line in the table; kinds of points differ in shape and in colour.</summary>
internal static class SvgScatter
{
    private const double Width = 560;
    private const double Height = 380;
    private const double Left = 92;
    private const double Right = 36;
    private const double Top = 14;
    private const double Bottom = 52;

    public static Html Draw(Scatter plot, Outcome outcome)
    {
        var svg = new Html();
        var label = $"{MetricText.Title(plot.Y.Metric)} over {MetricText.Title(plot.X.Metric)}, {plot.Marks.Count} points";
        svg.Add($"""<svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{label}">""");
        foreach (var tick in plot.YAxis.Ticks(7))
            svg.Add($"""<line class="rule" x1="{Left}" x2="{Width - Right}" y1="{Y(tick.Position)}" y2="{Y(tick.Position)}"/><text x="{Left - 8}" y="{Y(tick.Position) + 4}" text-anchor="end">{MetricText.Value(plot.Y.Metric, tick.Value)}</text>""");
        foreach (var tick in plot.XAxis.Ticks(6))
            svg.Add($"""<line class="rule" x1="{X(tick.Position)}" x2="{X(tick.Position)}" y1="{Top}" y2="{Height - Bottom}"/><text x="{X(tick.Position)}" y="{Height - Bottom + 18}" text-anchor="middle">{MetricText.Value(plot.X.Metric, tick.Value)}</text>""");
        svg.Add($"""<text x="{(Left + Width - Right) / 2}" y="{Height - 10}" text-anchor="middle">{MetricText.Title(plot.X.Metric)}{(plot.XAxis.Logarithmic ? " (logarithmic)" : "")}</text>""");
        Stairs(svg, plot);

        var settings = outcome.Points.ToDictionary(p => p.Trial);
        foreach (var mark in plot.Marks)
        {
            var title = $"trial {mark.Trial}: {MetricText.Value(plot.Y.Metric, mark.Y)}, {MetricText.Value(plot.X.Metric, mark.X)}; {ConfigText.Of(settings[mark.Trial].Config, outcome.Sweep)}";
            svg.Add($"""<a href="#trial-{mark.Trial}">{Shape(mark.Kind, X(plot.XAxis.Position(mark.X)), Y(plot.YAxis.Position(mark.Y)), title)}</a>""");
        }
        return svg.Add($"</svg>");
    }

    /// <summary>The shape of a kind of point around a centre.</summary>
    public static Html Shape(MarkKind kind, double x, double y, string title) => kind switch
    {
        MarkKind.Dominated => new Html().Add($"""<circle class="dominated" cx="{x}" cy="{y}" r="3.5"><title>{title}</title></circle>"""),
        // Large enough to look out behind a point of the frontier in the same place, as models of equal size often stand.
        MarkKind.Reference => new Html().Add($"""<rect class="reference" x="{x - 6.5}" y="{y - 6.5}" width="13" height="13" transform="rotate(45 {x} {y})"><title>{title}</title></rect>"""),
        MarkKind.Frontier => new Html().Add($"""<circle class="frontier" cx="{x}" cy="{y}" r="5.5"><title>{title}</title></circle>"""),
        _ => new Html().Add($"""<path class="recommended" d="{Star(x, y)}"><title>{title}</title></path>"""),
    };

    private static void Stairs(Html svg, Scatter plot)
    {
        var path = "";
        foreach (var step in plot.Staircase())
        {
            var (x, y) = (Number(X(plot.XAxis.Position(step.X))), Number(Y(plot.YAxis.Position(step.Y))));
            path += path.Length == 0 ? $"M{x} {y}" : $"H{x}V{y}";
        }
        if (path.Contains('H', StringComparison.Ordinal))
            svg.Add($"""<path class="stairs" d="{path}"/>""");
    }

    private static string Star(double x, double y) => "M" + string.Join('L', Enumerable.Range(0, 10).Select(i =>
    {
        var radius = i % 2 == 0 ? 9.5 : 4;
        var angle = Math.PI * (i / 5.0 - 0.5);
        return $"{Number(x + radius * Math.Cos(angle))} {Number(y + radius * Math.Sin(angle))}";
    })) + "Z";

    private static string Number(double value) => value.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);

    private static double X(double position) => Left + position * (Width - Left - Right);

    private static double Y(double position) => Height - Bottom - position * (Height - Top - Bottom);
}
