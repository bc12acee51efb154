using System.Globalization;
using Grid.Client.Drawing;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;

namespace Grid.Client.Report.Document;

/// <summary>Techniques, and what they changed, in words.</summary>
internal static class TechniqueText
{
    public static string Name(IReadOnlyList<StageKind> techniques) => techniques.Count == 0
        ? "no compression"
        : string.Join(" + ", techniques.Select(kind => kind switch
        {
            StageKind.Prune => "pruning",
            StageKind.FineTune => "fine-tuning",
            _ => "quantization",
        })) + (techniques.Count == 1 ? " alone" : "");

    /// <summary>"-0.42 points" for accuracy, "3.90x" for what changes by a factor.</summary>
    public static string Change(string metric, double change) => metric == MetricCatalog.Accuracy
        ? string.Create(CultureInfo.InvariantCulture, $"{change * 100:+0.00;-0.00;0.00} points")
        : $"{Units.Text(change, "1")}x";
}
