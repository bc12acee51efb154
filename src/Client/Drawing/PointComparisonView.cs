using Grid.Client.Comparing;
using Grid.Experiments.Metrics;
using Spectre.Console;

namespace Grid.Client.Drawing;

/// <summary>Two models side by side, for people: what differs, then every number, then what the numbers do not tell.</summary>
internal static class PointComparisonView
{
    public static void Draw(IAnsiConsole console, PointComparison comparison)
    {
        var (a, b) = (comparison.A, comparison.B);
        Prose.Write(console, $"A: trial {comparison.OfA.Trial} of {a.Row.Id}, {ConfigText.Of(comparison.OfA.Config, a.Sweep)}{On(a, b)}", new Style(decoration: Decoration.Bold));
        Prose.Write(console, $"B: trial {comparison.OfB.Trial} of {b.Row.Id}, {ConfigText.Of(comparison.OfB.Config, b.Sweep)}{On(b, a)}", new Style(decoration: Decoration.Bold));
        console.WriteLine();
        if (comparison.Settings.Count == 0)
            Prose.Write(console, "Their settings are the same.");
        else
            DifferingTable.Draw(console, "setting", comparison.Settings);
        console.WriteLine();
        MetricTable.Draw(console, comparison.Metrics);
        console.WriteLine(MetricText.Legend);
        foreach (var remark in Remarks(comparison))
            Prose.Write(console, remark);
    }

    private static string On(Side side, Side other) => side.Sweep.RunOn is null && other.Device == side.Device ? "" : $", on {side.Device}";

    private static IEnumerable<string> Remarks(PointComparison comparison)
    {
        foreach (var remark in MetricTable.Remarks(comparison.Metrics))
            yield return remark;
        // Each was measured in turns with the uncompressed model, and never with the other.
        if (comparison.Metrics.Any(m => m is { IsComparable: true, Metric.Name: MetricCatalog.LatencyP50 }) && comparison.OfA.Trial != comparison.OfB.Trial)
            yield return "The latencies were measured at different times, between which the machine's clock may have changed; the speed-ups were not touched by that.";
    }
}
