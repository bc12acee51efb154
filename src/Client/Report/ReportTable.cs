using Grid.Client.Drawing;
using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Client.Report;

/// <summary>Points as an HTML table with every metric that was measured.</summary>
internal static class ReportTable
{
    /// <param name="linked">Whether its lines are what links to a trial lead to.</param>
    public static Html Of(Outcome outcome, IReadOnlyList<Point> points, bool linked)
    {
        var metrics = MetricText.ByImportance.Where(m => points.Any(p => p.Metrics.GetValueOrDefault(m)?.Comparable is not null)).ToList();
        var frontier = outcome.Frontier.Select(p => p.Trial).ToHashSet();
        var table = new Html().Add($"""<div class="scroll"><table><thead><tr><th>trial</th><th></th><th>settings</th>""");
        foreach (var metric in metrics)
            table.Add($"""<th class="number">{MetricText.Heading(metric)}</th>""");
        table.Add($"</tr></thead><tbody>");
        foreach (var point in points)
        {
            table.Add(linked ? new Html().Add($"""<tr id="trial-{point.Trial}">""") : new Html().Add($"<tr>"));
            table.Add($"""<td>{point.Trial}</td><td>{Role(outcome, point, frontier)}</td><td class="settings">{ConfigText.Of(point.Config, outcome.Sweep)}</td>""");
            foreach (var metric in metrics)
                table.Add(Cell(metric, point.Metrics.GetValueOrDefault(metric)));
            table.Add($"</tr>");
        }
        return table.Add($"</tbody></table></div>");
    }

    private static Html Cell(string metric, Metric? number)
    {
        var range = MetricText.Interval(metric, number) is { } interval ? new Html().Add($"""<span class="range">{interval}</span>""") : new Html();
        return new Html().Add($"""<td class="number">{MetricText.Of(metric, number)}{range}</td>""");
    }

    private static string Role(Outcome outcome, Point point, HashSet<int> frontier) => string.Join(", ", new[]
    {
        point.Trial == outcome.Knee?.Trial ? "recommended" : frontier.Contains(point.Trial) ? "frontier" : null,
        point.Trial == outcome.Reference?.Trial ? "reference" : null,
    }.OfType<string>());
}
