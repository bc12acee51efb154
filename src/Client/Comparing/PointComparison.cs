using Grid.Client.Drawing;
using Grid.Experiments.Frontier;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Telemetry;

namespace Grid.Client.Comparing;

/// <summary>Two measured models side by side.</summary>
/// <param name="Settings">All that made them or measured them and is not the same, whether it was swept or not.</param>
/// <param name="Metrics">Those that are known of either, the most important first.</param>
internal sealed record PointComparison(
    Side A, Point OfA, Side B, Point OfB, IReadOnlyList<Differing> Settings, IReadOnlyList<MetricComparison> Metrics)
{
    public static PointComparison Of(Side a, Point ofA, Side b, Point ofB) => new(
        a, ofA, b, ofB, Differing.Of(SettingsOf(a, ofA), SettingsOf(b, ofB)),
        [.. MetricText.ByImportance.Select(metric => MetricComparison.Of(a, b, metric, ofA, ofB)).Where(m => (m.A ?? m.B) is not null)]);

    private static List<KeyValuePair<string, string>> SettingsOf(Side side, Point point)
    {
        var settings = new List<KeyValuePair<string, string>> { new("data", side.Sweep.Data.Name), new("seed", $"{point.Seed}") };
        var chain = TrialChain.Of(side.Sweep, new TrialConfiguration(point.Config, point.Seed));
        // The measurements differ in nothing but the class of machines.
        foreach (var stage in chain.Stages.TakeWhile(s => s.Kind != StageKind.Measure).Append(chain.Leaves[0]))
            settings.AddRange(stage.Settings.Where(s => s.Key != PoolNames.DeviceSetting)
                .Select(s => KeyValuePair.Create($"{Words.Of(stage.Kind)}.{s.Key}", s.Value)));
        return settings;
    }
}
