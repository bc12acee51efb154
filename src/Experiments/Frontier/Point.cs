using Grid.Experiments.Measurement;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Frontier;

/// <summary>A measured model: what a frontier is made of.</summary>
/// <param name="Trial">Number of the trial within its experiment; 0 is the uncompressed reference.</param>
/// <param name="Config">The swept values that made it.</param>
/// <param name="Seed">The seed of the trial.</param>
/// <param name="Metrics">By name, see <see cref="MetricCatalog"/>.</param>
/// <param name="Sha256">Content hash of the .onnx file in the artifact store.</param>
public sealed record Point(
    int Trial, StageSettings Config, long Seed, IReadOnlyDictionary<string, Metric> Metrics, string Sha256)
{
    public IReadOnlyList<string> Notes { get; init; } = [];
    public IReadOnlyList<LayerReport> Layers { get; init; } = [];
}
