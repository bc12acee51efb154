using System.Text.Json.Nodes;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;

namespace Grid.Client.Json;

/// <summary>POINT of docs/json.md: one measured model.</summary>
/// <param name="Config">The swept values, as numbers and flags where they are such.</param>
/// <param name="Metrics">By name, see <see cref="MetricCatalog"/>.</param>
/// <param name="Artifact">Absolute path of the .onnx file; null when it is no longer there.</param>
/// <param name="Sha256">Of that file.</param>
/// <param name="Trace">Id of the trace of its measurement; null where nobody traced it.</param>
internal sealed record PointDocument(
    int Trial, IReadOnlyDictionary<string, JsonNode?> Config, IReadOnlyDictionary<string, MetricDocument> Metrics, string? Artifact, string Sha256,
    string? Trace)
{
    public static PointDocument Of(Point point, IArtifactStore artifacts) => new(
        point.Trial,
        ConfigOf(point.Config),
        MetricsOf(point.Metrics),
        artifacts.Find(point.Sha256) is { } path ? Path.GetFullPath(path) : null,
        point.Sha256,
        point.Trace);

    public static IReadOnlyDictionary<string, JsonNode?> ConfigOf(StageSettings config) =>
        config.ToDictionary(c => c.Key, c => ValueOf(c.Value));

    /// <summary>In the order of the catalog; names it does not know come last.</summary>
    public static IReadOnlyDictionary<string, MetricDocument> MetricsOf(IReadOnlyDictionary<string, Metric> metrics)
    {
        var known = MetricCatalog.All.Select(m => m.Name).ToList();
        return metrics.OrderBy(m => known.IndexOf(m.Key) is >= 0 and var place ? place : known.Count)
            .ToDictionary(m => m.Key, m => MetricDocument.Of(m.Value));
    }

    /// <summary>A setting as number, flag or text; null for none.</summary>
    public static JsonNode? ValueOf(string? text) => text switch
    {
        null => null,
        "true" or "false" => JsonValue.Create(text == "true"),
        _ when double.TryParse(text, out var number) && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}

/// <summary>A number with its unit, where it comes from, and its 95 % interval. Null where unknown, never 0.</summary>
internal sealed record MetricDocument(double? Value, string Unit, Provenance Provenance, double? Low, double? High)
{
    public static MetricDocument Of(Metric metric) =>
        new(metric.Comparable, metric.Unit, metric.Provenance, Finite(metric.Low), Finite(metric.High));

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
