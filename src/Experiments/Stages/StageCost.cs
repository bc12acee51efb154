using Grid.Experiments.Metrics;

namespace Grid.Experiments.Stages;

/// <summary>What carrying out a stage took, whatever it made.</summary>
/// <param name="Energy">Joules, with the weakest provenance of its parts; null, never 0, when nothing counted them.</param>
/// <param name="Meter">What counted: "rapl", "rapl and nvml", "core-watts"; null when nothing did.</param>
/// <param name="Why">Why nothing counted; null when something did.</param>
public sealed record StageCost(Metric Energy, string? Meter, string? Why)
{
    public static StageCost Unavailable(string why) => new(Metric.Unavailable("J"), null, why);
}
