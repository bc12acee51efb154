using System.Text.Json;
using Grid.Client.Drawing;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;

namespace Grid.Client.Live;

/// <summary>Turns an experiment's events into lines for a log.</summary>
internal static class PlainProgress
{
    /// <summary>Null for events that a log needs no line for.</summary>
    /// <param name="find">Answers the measured model of a trial, if it is known.</param>
    /// <param name="settings">Says what made a model.</param>
    public static string? Line(EventRow row, Func<int, Point?> find, Func<Point, string> settings)
    {
        using var json = JsonDocument.Parse(row.Body);
        var root = json.RootElement;
        return row.Kind switch
        {
            EventKinds.TrialSucceeded => $"trial {Text(root, "trial")} done{Result(root, find, settings)}",
            EventKinds.TrialFailed => $"trial {Text(root, "trial")} failed: {Text(root, "error")}",
            EventKinds.StageRetried => $"{Text(root, "kind")} stage will be tried again: {Text(root, "error")}",
            _ => null,
        };
    }

    /// <summary>True for the events the live view shows as trouble.</summary>
    public static bool IsTrouble(string kind) => kind is EventKinds.TrialFailed or EventKinds.StageRetried;

    private static string Result(JsonElement root, Func<int, Point?> find, Func<Point, string> settings)
    {
        string[] shown = [MetricCatalog.Accuracy, MetricCatalog.LatencyP50, MetricCatalog.Size];
        if (!root.TryGetProperty("trial", out var number) || !number.TryGetInt32(out var trial) || find(trial) is not { } point)
            return "";
        var numbers = shown.Where(name => point.Metrics.GetValueOrDefault(name)?.Comparable is not null)
            .Select(name => $"{MetricText.Heading(name)} {MetricText.Of(name, point.Metrics[name])}");
        return $": {string.Join(", ", numbers)} ({settings(point)})";
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? value.ToString().ReplaceLineEndings(" ") : "?";
}
