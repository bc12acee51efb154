using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Grid.Tests;

/// <summary>What a query is written in.</summary>
internal enum QueryLanguage
{
    PromQl,
    Sql,
    TraceQl,
}

/// <summary>A query as it stands in a dashboard, with its variables.</summary>
/// <param name="Place">Dashboard and panel, for people.</param>
internal sealed record DashboardQuery(string Place, QueryLanguage Language, string Text);

/// <summary>A dashboard of deploy/grafana, as its file has it.</summary>
internal sealed partial class Dashboard
{
    private Dashboard(string file, string text)
    {
        (File, Text, Json) = (file, text, JsonNode.Parse(text)!.AsObject());
        Panels = [.. Json["panels"]!.AsArray().SelectMany(p => new[] { p! }.Concat(p!["panels"]?.AsArray().Select(inner => inner!) ?? [])).Select(p => p.AsObject())];
    }

    public static string Folder { get; } = RepositoryRoot.File("deploy", "grafana", "dashboards");

    public static IReadOnlyList<Dashboard> All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(f => Parse(Path.GetFileName(f), System.IO.File.ReadAllText(f)))];

    public string File { get; }
    public string Text { get; }
    public JsonObject Json { get; }

    public string Uid => (string)Json["uid"]!;

    /// <summary>Those in rows, too.</summary>
    public IReadOnlyList<JsonObject> Panels { get; }

    public IReadOnlyList<JsonObject> Variables => [.. Json["templating"]!["list"]!.AsArray().Select(v => v!.AsObject())];

    /// <summary>Of panels, of annotations and of variables; a panel that shows what another has asked has none.</summary>
    public IReadOnlyList<DashboardQuery> Queries =>
    [
        .. Panels.SelectMany(p => (p["targets"]?.AsArray() ?? []).Where(t => t!["panelId"] is null).Select(t => Of($"{p["title"]}", t!))),
        .. Json["annotations"]!["list"]!.AsArray().Select(a => Of($"annotation {a!["name"]}", a["target"]!)),
        .. Variables.Where(v => (string?)v["type"] == "query").Select(v => OfVariable($"variable {v["name"]}", (string)v["definition"]!)),
    ];

    public static Dashboard Parse(string file, string text) => new(file, text);

    private DashboardQuery Of(string place, JsonNode target) => (string?)target["datasource"]!["type"] switch
    {
        "prometheus" => new($"{File}: {place}", QueryLanguage.PromQl, (string)target["expr"]!),
        "grafana-postgresql-datasource" => new($"{File}: {place}", QueryLanguage.Sql, (string)target["rawSql"]!),
        "tempo" => new($"{File}: {place}", QueryLanguage.TraceQl, (string)target["query"]!),
        var other => throw new NotSupportedException($"{File}: {place} asks {other}."),
    };

    private DashboardQuery OfVariable(string place, string text) => LabelValues().Match(text) is { Success: true } labels
        ? new($"{File}: {place}", QueryLanguage.PromQl, $"count by ({labels.Groups["label"]}) ({labels.Groups["of"]})")
        : new($"{File}: {place}", QueryLanguage.Sql, text);

    /// <summary>Grafana's own way to ask for the values of a label.</summary>
    [GeneratedRegex(@"^label_values\((?<of>.+), (?<label>\w+)\)$")]
    private static partial Regex LabelValues();
}
