using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Telemetry;
using Grid.Tests;

namespace Grid.Deploy.Tests.Grafana;

/// <summary>The dashboards as files: what Grafana would not complain of, and what would show nothing.</summary>
public sealed partial class DashboardFileTests
{
    private const int Columns = 24;

    /// <summary>What Grafana itself sets, without the underscores.</summary>
    private static readonly string[] ofGrafana = ["all", "rate_interval", "range", "timeFilter", "value", "from", "to", "url_time_range"];

    public static TheoryData<string> Files { get; } = [.. Dashboard.All.Select(d => d.File)];

    [Fact]
    public void Each_has_an_address_that_stays() => Dashboard.All.Select(d => (d.File, d.Uid)).ShouldBe(
        [("cluster.json", "grid-cluster"), ("stage.json", "grid-stage"), ("sweep.json", "grid-sweep")]);

    [Theory]
    [MemberData(nameof(Files))]
    public void It_can_be_provisioned_as_it_is(string file)
    {
        var dashboard = Of(file);

        (dashboard.Json["id"], (int)dashboard.Json["schemaVersion"]!).ShouldBe((null, 42));
        // Only an import by hand resolves these.
        dashboard.Text.ShouldNotContain("__inputs");
        dashboard.Text.ShouldNotContain("${DS_");
        SourcesOf(dashboard.Json).Distinct().Except(["${metrics}", "${store}", "${traces}", "-- Dashboard --"]).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_panel_says_what_it_shows_and_in_which_unit(string file)
    {
        var panels = Of(file).Panels;

        panels.Select(p => (int)p["id"]!).ShouldBeUnique();
        foreach (var panel in panels.Where(p => (string)p["type"]! != "row"))
        {
            var title = (string)panel["title"]!;
            ((string?)panel["description"]).ShouldNotBeNullOrWhiteSpace(title);
            ((string?)panel["fieldConfig"]!["defaults"]!["unit"]).ShouldNotBeNullOrWhiteSpace(title);
            panel["targets"]!.AsArray().Select(t => (string)t!["refId"]!).ShouldBeUnique(title);
            // An older version would have Grafana migrate what needs no migration.
            ((string?)panel["pluginVersion"]).ShouldBe("13.2.0", title);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_panel_lies_on_another(string file)
    {
        var taken = new HashSet<(int, int)>();
        foreach (var panel in Of(file).Panels)
        {
            var at = panel["gridPos"]!;
            var (x, y, w, h) = ((int)at["x"]!, (int)at["y"]!, (int)at["w"]!, (int)at["h"]!);
            (x + w).ShouldBeLessThanOrEqualTo(Columns, $"{panel["title"]}");
            for (var i = 0; i < w * h; i++)
                taken.Add((x + (i % w), y + (i / w))).ShouldBeTrue($"{panel["title"]}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_variable_is_there_and_of_use(string file)
    {
        var dashboard = Of(file);
        var defined = dashboard.Variables.Select(v => (string)v["name"]!).ToList();
        var used = Variable().Matches(dashboard.Text).Select(m => m.Groups["name"].Value).Distinct().ToList();

        used.Except(defined).Except(ofGrafana.Select(g => $"__{g}")).ShouldBeEmpty();
        defined.Except(used).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_said_of_a_column_is_said_of_one_that_its_query_has(string file)
    {
        var dashboard = Of(file);
        foreach (var panel in dashboard.Panels.Where(p => (string)p["type"]! != "row"))
        {
            var target = panel["targets"]![0]!;
            // The table that shows what the chart has asked.
            if (target["panelId"] is { } other)
                target = dashboard.Panels.Single(p => (int)p["id"]! == (int)other)["targets"]![0]!;
            if ((string?)target["rawSql"] is not { } sql)
                continue;
            var columns = Column().Matches(sql).Select(m => m.Groups["name"].Value).Append("x").ToList();
            ColumnsIn(panel).Except(columns).ShouldBeEmpty($"{panel["title"]}");
        }
    }

    [Fact]
    public void Links_lead_to_a_dashboard_and_its_variables()
    {
        var links = Dashboard.All.SelectMany(d => Link().Matches(d.Text)).ToList();

        links.ShouldNotBeEmpty();
        foreach (var link in links)
            VariableOfLink().Matches(link.Groups["query"].Value).Select(m => m.Groups["name"].Value)
                .ShouldBeSubsetOf(Dashboard.All.Single(d => d.Uid == link.Groups["uid"].Value).Variables.Select(v => (string)v["name"]!));
    }

    [Fact]
    public void Axes_and_kinds_are_those_that_Grid_has()
    {
        var sweep = Of("sweep.json");
        var metrics = MetricCatalog.All.Select(m => m.Name).ToList();

        Choices(sweep, "x").ShouldBe(metrics, ignoreOrder: true);
        Choices(sweep, "y").ShouldBe(metrics, ignoreOrder: true);
        Choices(Of("stage.json"), "kind").ShouldBe(Enum.GetValues<StageKind>().Select(k => Words.Of(k)));

        static IEnumerable<string> Choices(Dashboard dashboard, string variable) =>
            ((string)dashboard.Variables.Single(v => (string)v["name"]! == variable)["query"]!).Split(',').Select(c => c.Split(" : ")[^1]);
    }

    [Fact]
    public void Traces_are_searched_by_what_spans_carry()
    {
        var searches = Dashboard.All.SelectMany(d => d.Queries).Where(q => q.Language == QueryLanguage.TraceQl).Select(q => TraceSearch.Parse(q.Text)).ToList();

        searches.ShouldNotBeEmpty();
        foreach (var search in searches)
            foreach (var name in search.SpanNames)
                search.Attributes.ShouldBeSubsetOf(GridTelemetry.Spans.All.Single(s => s.Name == name).Attributes.Select(a => a.Name));
    }

    private static Dashboard Of(string file) => Dashboard.All.Single(d => d.File == file);

    private static IEnumerable<string> SourcesOf(JsonNode? node) => node switch
    {
        JsonObject found => found.SelectMany(p => p is { Key: "datasource", Value: JsonObject source } ? [(string)source["uid"]!] : SourcesOf(p.Value)),
        JsonArray list => list.SelectMany(SourcesOf),
        _ => [],
    };

    private static IEnumerable<string> ColumnsIn(JsonObject panel) =>
        panel["fieldConfig"]!["overrides"]!.AsArray().Select(o => (string)o!["matcher"]!["options"]!)
            .Concat((panel["options"]!["series"]?.AsArray() ?? []).SelectMany(s => new[] { (string)s!["x"]!["matcher"]!["options"]!, (string)s["y"]!["matcher"]!["options"]! }))
            .Concat((panel["transformations"]?.AsArray() ?? []).SelectMany(t =>
                (t!["options"]!["filters"]?.AsArray() ?? []).Select(f => (string)f!["fieldName"]!)
                .Concat((t["options"]!["excludeByName"]?.AsObject() ?? []).Select(e => e.Key))));

    [GeneratedRegex(@"\$\{?(?<name>\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex("""as "(?<name>[^"]+)"|as (?<name>time)\b""")]
    private static partial Regex Column();

    [GeneratedRegex("""/d/(?<uid>[\w-]+)\?(?<query>[^"]+)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"var-(?<name>\w+)=")]
    private static partial Regex VariableOfLink();
}
