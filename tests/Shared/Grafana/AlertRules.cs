using YamlDotNet.Serialization;

namespace Grid.Tests;

/// <summary>An alert as its file has it.</summary>
/// <param name="Annotations">What people are told, with the page that helps.</param>
/// <param name="For">How long it must hold before it fires; empty for not at all.</param>
internal sealed record AlertRule(string Alert, string Expression, string For, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations);

/// <summary>A file of alert rules.</summary>
internal static class AlertRules
{
    public static string File { get; } = RepositoryRoot.File("deploy", "grafana", "alerts", "grid.yaml");

    public static IReadOnlyList<AlertRule> All { get; } =
    [
        .. new DeserializerBuilder().Build().Deserialize<RuleFile>(System.IO.File.ReadAllText(File)).groups.SelectMany(g => g.rules)
            .Select(r => new AlertRule(r.alert, r.expr, r.@for, r.labels, r.annotations)),
    ];

    // Named as Prometheus spells them; a field that is not here is a mistake, or to be added.
    private sealed class RuleFile
    {
        public List<Group> groups { get; set; } = [];
    }

    private sealed class Group
    {
        public string name { get; set; } = "";
        public List<Rule> rules { get; set; } = [];
    }

    private sealed class Rule
    {
        public string alert { get; set; } = "";
        public string expr { get; set; } = "";
        public string @for { get; set; } = "";
        public Dictionary<string, string> labels { get; set; } = [];
        public Dictionary<string, string> annotations { get; set; } = [];
    }
}
