using System.Globalization;
using System.Text.RegularExpressions;

namespace Grid.Cluster.Tests.Telemetry;

/// <summary>One answer of a /metrics endpoint, in Prometheus' text format.</summary>
internal sealed partial class Scrape(string text)
{
    private readonly List<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> samples =
        [.. Sample().Matches(text).Select(m => (m.Groups["name"].Value, LabelsOf(m.Groups["labels"].Value), Number(m.Groups["value"].Value)))];

    /// <summary>Type of each metric by its name.</summary>
    public IReadOnlyDictionary<string, string> Types { get; } = Type().Matches(text).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["type"].Value);

    /// <summary>Names of the metrics that have a text of help.</summary>
    public IReadOnlySet<string> Helped { get; } = Help().Matches(text).Select(m => m.Groups["name"].Value).ToHashSet();

    /// <summary>Label names of a metric, and of its buckets.</summary>
    public IReadOnlySet<string> Labels(string name) => samples.Where(s => Belongs(s.Name, name)).SelectMany(s => s.Labels.Keys).ToHashSet();

    public bool Has(string name) => samples.Any(s => Belongs(s.Name, name));

    /// <summary>Sum of the samples of that name with those labels; null when there is none.</summary>
    public double? Sum(string name, params (string Name, string Value)[] labels)
    {
        var found = samples.Where(s => s.Name == name && labels.All(l => s.Labels.GetValueOrDefault(l.Name) == l.Value)).ToList();
        return found.Count == 0 ? null : found.Sum(s => s.Value);
    }

    /// <summary>Upper bounds of a histogram's buckets, without the last.</summary>
    public IReadOnlyList<double> Bounds(string name) =>
        [.. samples.Where(s => s.Name == $"{name}_bucket").Select(s => Number(s.Labels["le"])).Where(double.IsFinite).Distinct().Order()];

    public override string ToString() => text;

    private static bool Belongs(string sample, string name) => sample == name || sample == $"{name}_bucket";

    private static Dictionary<string, string> LabelsOf(string text) =>
        Label().Matches(text).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);

    private static double Number(string text) => text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][\w:]*)(\{(?<labels>[^}]*)\})? (?<value>\S+)""", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("""(?<name>\w+)="(?<value>[^"]*)"(,|$)""")]
    private static partial Regex Label();

    [GeneratedRegex("""^# TYPE (?<name>\S+) (?<type>\S+)""", RegexOptions.Multiline)]
    private static partial Regex Type();

    [GeneratedRegex("""^# HELP (?<name>\S+) \S""", RegexOptions.Multiline)]
    private static partial Regex Help();
}
