using System.Globalization;
using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Client.Drawing;

/// <summary>Says in words how a point stands against the uncompressed reference.</summary>
internal static class Comparison
{
    /// <summary>Why the knee is recommended.</summary>
    public static string Recommend(Outcome outcome, Point knee) =>
        knee.Trial == outcome.Reference?.Trial || outcome.Points.Count == 1 ? Reason(outcome, knee) : $"{Reason(outcome, knee)} {Against(outcome, knee)}";

    /// <summary>The same without its numbers.</summary>
    public static string Reason(Outcome outcome, Point knee)
    {
        if (outcome.Points.Count == 1)
            return $"Trial {knee.Trial} is the only model measured so far.";
        if (knee.Trial == outcome.Reference?.Trial)
            return $"Trial {knee.Trial}, the uncompressed model, balances the objectives best: no compression in this sweep pays.";
        var reason = outcome.Frontier.Count == 1
            ? "it is the only point of the frontier"
            : "it is the knee of the frontier, beyond which a gain in one objective costs most in the others";
        return $"Trial {knee.Trial} is recommended: {reason}.";
    }

    /// <summary>"accuracy 97.51 % (0.04 points lower), latency 15.0 µs (1.83x lower)", for each objective.</summary>
    public static string Against(Outcome outcome, Point point)
    {
        var parts = Parts(outcome, point);
        var intro = outcome.Reference is null ? "It has" : "Against the uncompressed model it has";
        return parts.Count == 0 ? "" : $"{intro} {string.Join(", ", parts)}.";
    }

    /// <summary>The objectives that the point knows.</summary>
    public static IReadOnlyList<ComparedMetric> Parts(Outcome outcome, Point point) =>
        [.. outcome.Sweep.Objectives.Select(o => Part(o.Metric, point, outcome.Reference)).OfType<ComparedMetric>()];

    private static ComparedMetric? Part(string metric, Point point, Point? reference)
    {
        var number = point.Metrics.GetValueOrDefault(metric);
        if (number?.Comparable is not { } value)
            return null;
        var part = new ComparedMetric(Noun(metric), MetricText.Of(metric, number), null);
        // Measured beside the reference, while the two latencies were not measured at the same time.
        if (metric == MetricCatalog.LatencyP50 && reference is not null && point.Metrics.GetValueOrDefault(MetricCatalog.Speedup)?.Comparable is > 0 and var speedup)
            return part with { Change = Pace(speedup) };
        return reference?.Metrics.GetValueOrDefault(metric)?.Comparable is { } before ? part with { Change = Change(metric, before, value) } : part;
    }

    private static string Pace(double speedup) => speedup switch
    {
        > 0.995 and < 1.005 => "as fast",
        >= 1 => $"{Units.Text(speedup, "1")}x faster",
        _ => $"{Units.Text(1 / speedup, "1")}x slower",
    };

    /// <summary>What the second number is to the first: "0.41 points higher", "1.83x lower", "the same".</summary>
    public static string Change(string metric, double before, double after)
    {
        var word = after > before ? "higher" : "lower";
        if (metric is MetricCatalog.Accuracy or MetricCatalog.TestAccuracy)
        {
            var points = Math.Round(Math.Abs(after - before) * 100, 2);
            return points == 0 ? "the same" : string.Create(CultureInfo.InvariantCulture, $"{points:0.00} points {word}");
        }
        var ratio = Math.Max(before, after) / Math.Min(before, after);
        return !double.IsFinite(ratio) || ratio <= 0 ? $"was {MetricText.Value(metric, before)}"
            : ratio < 1.005 ? "the same" : $"{Units.Text(ratio, "1")}x {word}";
    }

    /// <summary>The metric in a sentence.</summary>
    public static string Noun(string metric) => metric switch
    {
        MetricCatalog.TestAccuracy => "test accuracy",
        MetricCatalog.LatencyP90 or MetricCatalog.LatencyP99 => $"latency {MetricText.Heading(metric)}",
        MetricCatalog.PackedSize => "packed size",
        MetricCatalog.Speedup => "speed-up",
        _ => MetricText.Heading(metric),
    };
}

/// <summary>A metric of a point beside the uncompressed model's.</summary>
/// <param name="Change">Null when there is nothing to compare with.</param>
internal sealed record ComparedMetric(string Noun, string Value, string? Change)
{
    public override string ToString() => Change is null ? $"{Noun} {Value}" : $"{Noun} {Value} ({Change})";
}
