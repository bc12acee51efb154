using Grid.Experiments.Stages;

namespace Grid.Client.Drawing;

/// <summary>A trial's settings in one line, grouped by stage: "prune method=channel ratio=0.5, quantize scheme=static".</summary>
internal static class ConfigText
{
    public static string Of(StageSettings config) => config.Count == 0
        ? "uncompressed"
        : string.Join(", ", config.GroupBy(c => Stage(c.Key)).Select(g => string.Join(' ', g.Select(c => $"{Name(c.Key)}={c.Value}").Prepend(g.Key)).Trim()));

    private static string Stage(string key) => key.Contains('.', StringComparison.Ordinal) ? key[..key.IndexOf('.', StringComparison.Ordinal)] : "";

    private static string Name(string key) => key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
