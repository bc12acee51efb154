using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Frontier;

/// <summary>A measured model: what a frontier is made of.</summary>
/// <param name="Trial">Number of the trial within its experiment; 0 is the uncompressed reference.</param>
/// <param name="Config">The swept values that made it.</param>
/// <param name="Seed">The seed of the trial; of a point that joins several, the seed of the model shown.</param>
/// <param name="Metrics">By name, see <see cref="MetricCatalog"/>.</param>
/// <param name="Sha256">Content hash of the .onnx file in the artifact store.</param>
public sealed record Point(
    int Trial, StageSettings Config, long Seed, IReadOnlyDictionary<string, Metric> Metrics, string Sha256)
{
    /// <summary>The seeds whose results the metrics are means of; <see cref="Seed"/> alone for one trial.</summary>
    public IReadOnlyList<long> Seeds { get; init; } = [Seed];
    public IReadOnlyList<string> Notes { get; init; } = [];
    public IReadOnlyList<LayerReport> Layers { get; init; } = [];

    /// <summary>Id of the trace of its measurement, 32 hexadecimal digits; null where nobody traced it.</summary>
    public string? Trace { get; init; }
}
