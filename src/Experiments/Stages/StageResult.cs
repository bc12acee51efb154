using Grid.Experiments.Metrics;

namespace Grid.Experiments.Stages;

/// <summary>What a stage produced.</summary>
/// <param name="Metrics">By name, see <see cref="MetricCatalog"/>; stages that only make a model may report none.</param>
/// <param name="Notes">Plain sentences a user should see: what was left alone and why, saturated weights, an early end.</param>
/// <param name="Layers">Per layer, what the runtime really executes; only from measuring.</param>
public sealed record StageResult(
    IReadOnlyDictionary<string, Metric> Metrics, IReadOnlyList<string> Notes, IReadOnlyList<LayerReport> Layers)
{
    /// <summary>What it took to carry the stage out; null from a runner that does not say.</summary>
    public StageCost? Cost { get; init; }

    public static StageResult Empty { get; } = new(new Dictionary<string, Metric>(), [], []);
}

/// <summary>Of the JSON of a <see cref="StageResult"/> only the metrics: the rest is most of it, and takes most of the time to read.</summary>
public sealed record ResultMetrics(IReadOnlyDictionary<string, Metric> Metrics)
{
    public static ResultMetrics Empty { get; } = new(StageResult.Empty.Metrics);
}
