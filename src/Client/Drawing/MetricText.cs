using Grid.Experiments.Metrics;

namespace Grid.Client.Drawing;

/// <summary>How metrics are shown to people: a heading, the value with its unit, and a mark when it is not a direct measurement.</summary>
internal static class MetricText
{
    /// <summary>More a double does not have.</summary>
    private const int MostDigits = 15;

    /// <summary>What the marks of <see cref="Of"/> mean.</summary>
    public const string Legend = "~ estimated   ∫ integrated   † attributed   — not known";

    /// <summary>Metrics in the order in which people look at them.</summary>
    public static IReadOnlyList<string> ByImportance { get; } =
    [
        MetricCatalog.Accuracy, MetricCatalog.TestAccuracy, MetricCatalog.LatencyP50, MetricCatalog.Size, MetricCatalog.Speedup,
        MetricCatalog.Energy, MetricCatalog.PackedSize, MetricCatalog.LatencyP90, MetricCatalog.LatencyP99, MetricCatalog.Throughput,
        MetricCatalog.NetEnergy,
    ];

    public static string Heading(string metric) => metric switch
    {
        MetricCatalog.Accuracy => "accuracy",
        MetricCatalog.TestAccuracy => "on test",
        MetricCatalog.LatencyP50 => "latency",
        MetricCatalog.LatencyP90 => "p90",
        MetricCatalog.LatencyP99 => "p99",
        MetricCatalog.PackedSize => "packed",
        MetricCatalog.NetEnergy => "net energy",
        _ => metric,
    };

    /// <summary>Title of an axis, with what the number is.</summary>
    public static string Title(string metric) => metric switch
    {
        MetricCatalog.Accuracy => "accuracy (validation)",
        MetricCatalog.TestAccuracy => "accuracy (test)",
        MetricCatalog.LatencyP50 => "latency (p50, batch 1)",
        MetricCatalog.LatencyP90 => "latency (p90, batch 1)",
        MetricCatalog.LatencyP99 => "latency (p99, batch 1)",
        MetricCatalog.Speedup => "speed-up over the reference",
        MetricCatalog.Throughput => "throughput (batch 64)",
        MetricCatalog.Size => "size of the .onnx file",
        MetricCatalog.PackedSize => "size packed",
        MetricCatalog.Energy => "energy per inference",
        MetricCatalog.NetEnergy => "energy per inference beyond idling",
        _ => metric,
    };

    /// <summary>A bare value of that metric: "97.55 %", "15.0 µs", "1.83x".</summary>
    public static string Value(string metric, double value, int digits = Units.UsualDigits) => metric switch
    {
        MetricCatalog.Accuracy or MetricCatalog.TestAccuracy => Units.Percent(value, digits),
        MetricCatalog.Speedup => Units.Text(value, "1", digits) + "x",
        _ => Units.Text(value, MetricCatalog.Find(metric)?.Unit ?? "1", digits),
    };

    /// <summary>The marks of an axis, all with as many digits as it takes to tell them apart.</summary>
    public static IReadOnlyList<string> Values(string metric, IReadOnlyCollection<double> values)
    {
        for (var digits = Units.UsualDigits; ; digits++)
        {
            var texts = values.Select(v => Value(metric, v, digits)).ToList();
            if (digits == MostDigits || texts.Distinct().Count() == values.Count)
                return texts;
        }
    }

    /// <summary>The value with the mark of its provenance; a dash when it is unknown or absent.</summary>
    public static string Of(string metric, Metric? number) => number?.Comparable is { } value
        ? number.Provenance switch
        {
            Provenance.Estimated => "~" + Value(metric, value),
            Provenance.Integrated => "∫" + Value(metric, value),
            Provenance.Attributed => Value(metric, value) + "†",
            _ => Value(metric, value),
        }
        : "—";

    /// <summary>The 95 % interval, "14.8 µs to 15.3 µs"; null when the spread is unknown or the number exact.</summary>
    public static string? Interval(string metric, Metric? number) =>
        number is { Low: { } low, High: { } high } && high > low ? $"{Value(metric, low)} to {Value(metric, high)}" : null;
}
