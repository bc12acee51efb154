using System.Diagnostics;
using Grid.Deploy.Tests.Manifests;
using Grid.Tests;
using YamlDotNet.Serialization;

namespace Grid.Deploy.Tests.Grafana;

/// <summary>The rules, tried by Prometheus' own tool.</summary>
public sealed class AlertTests
{
    private static readonly string cases = Path.ChangeExtension(AlertRules.File, ".test.yaml");

    [Fact]
    public void Each_fires_when_it_should_and_not_otherwise() => Tool("test", "rules", cases);

    [Fact]
    public void Each_is_tried_both_ways()
    {
        var tried = ((List<object>)new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(File.ReadAllText(cases))["tests"])
            .Cast<Dictionary<object, object>>().SelectMany(t => (List<object>)t["alert_rule_test"]).Cast<Dictionary<object, object>>()
            .Select(t => (Alert: (string)t["alertname"], Fires: ((List<object>)t["exp_alerts"]).Count > 0)).ToList();

        foreach (var rule in AlertRules.All)
            tried.Where(t => t.Alert == rule.Alert).Select(t => t.Fires).Distinct().Count().ShouldBe(2, rule.Alert);
    }

    [Fact]
    public void Each_says_what_is_wrong_and_where_help_stands()
    {
        foreach (var rule in AlertRules.All)
        {
            rule.Labels.ShouldContainKey("severity", rule.Alert);
            rule.Annotations.Keys.ShouldBe(["summary", "description", "runbook"], ignoreOrder: true, rule.Alert);
            var page = rule.Annotations["runbook"].Split('#');
            File.ReadLines(RepositoryRoot.File(page[0])).Where(l => l.StartsWith('#'))
                .Select(l => string.Concat(l.TrimStart('#').Trim().ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetterOrDigit(c) || c == '-')))
                .ShouldContain(page[1], rule.Alert);
        }
    }

    [Fact]
    public void The_operator_gets_the_same_rules() =>
        ManifestFiles.Read("components/prometheus-operator/rules.yaml").OfType<PrometheusRule>().ShouldHaveSingleItem()
            .Spec.Groups.SelectMany(g => g.Rules).Select(r => Spell(new(r.Alert, r.Expr, r.For, r.Labels, r.Annotations)))
            .ShouldBe(AlertRules.All.Select(Spell));

    [Fact]
    public void The_Prometheus_of_the_compose_file_has_a_sound_configuration() =>
        Tool("check", "config", "--syntax-only", RepositoryRoot.File("deploy", "grafana", "prometheus.yaml"));

    private static string Spell(AlertRule rule) =>
        string.Join('\n', new[] { rule.Alert, rule.Expression, rule.For }.Concat(rule.Labels.Concat(rule.Annotations).OrderBy(p => p.Key).Select(p => $"{p.Key}: {p.Value}")));

    private static void Tool(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(PrometheusPrograms.Find("promtool"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, output + error.Result);
    }
}
