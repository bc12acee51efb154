using System.Text.Json;
using Grid.Client.Drawing;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Grains.Contracts;

namespace Grid.Client.Live;

/// <summary>Turns an experiment's events into lines for a log; null for events a log needs no line for.</summary>
internal static class PlainProgress
{
    public static string? Line(string kind, string body)
    {
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        return kind switch
        {
            EventKinds.TrialSucceeded => $"trial {Number(root, "trial")} done: {Metrics(root)} ({Config(root)})",
            EventKinds.TrialFailed => $"trial {Number(root, "trial")} failed: {Text(root, "error")} ({Config(root)})",
            EventKinds.StageRetried => $"{Text(root, "kind")} stage will be tried again after attempt {Number(root, "attempt")}: {Text(root, "error")}",
            _ => null,
        };
    }

    /// <summary>True for the events the live view shows as trouble.</summary>
    public static bool IsTrouble(string kind) => kind is EventKinds.TrialFailed or EventKinds.StageRetried;

    private static string Metrics(JsonElement root)
    {
        string[] shown = [MetricCatalog.Accuracy, MetricCatalog.LatencyP50, MetricCatalog.Size];
        if (!root.TryGetProperty("metrics", out var metrics) || metrics.ValueKind != JsonValueKind.Object)
            return "measured";
        return string.Join(", ", shown
            .Where(name => metrics.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number)
            .Select(name => $"{MetricText.Heading(name)} {MetricText.Value(name, metrics.GetProperty(name).GetDouble())}"));
    }

    private static string Config(JsonElement root) => root.TryGetProperty("config", out var config)
        ? ConfigText.Of(config.Deserialize<StageSettings>() ?? StageSettings.Empty)
        : "";

    private static string Number(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.ToString() : "?";

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? value.ToString().ReplaceLineEndings(" ") : "";
}
