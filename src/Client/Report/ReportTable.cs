using Grid.Client.Drawing;
using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Client.Report;

/// <summary>The frontier as an HTML table with every metric that was measured.</summary>
internal static class ReportTable
{
    public static Html Of(Outcome outcome)
    {
        var metrics = MetricText.ByImportance.Where(m => outcome.Frontier.Any(p => p.Metrics.GetValueOrDefault(m)?.Comparable is not null)).ToList();
        var settings = new ConfigText(outcome.Sweep);
        var table = new Html().Add($"""<div class="scroll"><table><thead><tr><th>trial</th><th></th><th>settings</th>""");
        foreach (var metric in metrics)
            table.Add($"""<th class="number">{MetricText.Heading(metric)}</th>""");
        table.Add($"</tr></thead><tbody>");
        foreach (var point in outcome.Frontier)
        {
            table.Add($"""<tr><td>{point.Trial}</td><td>{Role(outcome, point)}</td><td class="settings">{settings.Of(point.Config)}</td>""");
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

    private static string Role(Outcome outcome, Point point) => string.Join(", ", new[]
    {
        point.Trial == outcome.Knee?.Trial ? "recommended" : "frontier",
        point.Trial == outcome.Reference?.Trial ? "reference" : null,
    }.OfType<string>());
}
