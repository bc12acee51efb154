namespace Grid.Experiments.Metrics;

/// <summary>A metric that trials report.</summary>
/// <param name="Name">As it stands in sweep files and in JSON.</param>
/// <param name="Unit">"1" for ratios, "s", "1/s", "By" (bytes), "J".</param>
/// <param name="Better">The direction in which it improves.</param>
public sealed record MetricDefinition(string Name, string Unit, Direction Better, string Description);

/// <summary>Every metric Grid reports: the one place that names them.</summary>
public static class MetricCatalog
{
    public const string Accuracy = "accuracy";
    public const string TestAccuracy = "test-accuracy";
    public const string LatencyP50 = "latency-p50";
    public const string LatencyP90 = "latency-p90";
    public const string LatencyP99 = "latency-p99";
    public const string Speedup = "speedup";
    public const string Throughput = "throughput";
    public const string Size = "size";
    public const string PackedSize = "size-packed";
    public const string Energy = "energy";
    public const string NetEnergy = "energy-net";

    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        new(Accuracy, "1", Direction.Maximize, "share of validation images classified correctly by the exported file"),
        new(TestAccuracy, "1", Direction.Maximize, "the same on the test split; only for points that ended on the frontier"),
        new(LatencyP50, "s", Direction.Minimize, "median time of one inference at batch 1"),
        new(LatencyP90, "s", Direction.Minimize, "90th percentile of the time of one inference at batch 1"),
        new(LatencyP99, "s", Direction.Minimize, "99th percentile of the time of one inference at batch 1"),
        new(Speedup, "1", Direction.Maximize, "median latency of the uncompressed reference over the candidate's, measured interleaved"),
        new(Throughput, "1/s", Direction.Maximize, "images per second at batch 64"),
        new(Size, "By", Direction.Minimize, "bytes of the .onnx file"),
        new(PackedSize, "By", Direction.Minimize, "bytes of the .onnx file packed with Brotli"),
        new(Energy, "J", Direction.Minimize, "energy of one inference"),
        new(NetEnergy, "J", Direction.Minimize, "the same without what the idle machine takes meanwhile; only where a meter measures it"),
    ];

    /// <summary>Short names that sweep files may use instead.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string> { ["latency"] = LatencyP50 };

    /// <summary>The metric of that name or alias; null when there is none.</summary>
    public static MetricDefinition? Find(string name) =>
        All.FirstOrDefault(m => m.Name == Aliases.GetValueOrDefault(name, name));
}
