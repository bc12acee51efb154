using System.Reflection;
using System.Text.RegularExpressions;
using Grid.Experiments.Telemetry;
using Grid.Silo.Telemetry;
using Grid.Tests;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Deploy.Tests.Grafana;

/// <summary>Dashboards and alerts name metrics and labels that silos tell. That they tell them is for tests/Cluster.Tests to see.</summary>
public sealed partial class MetricNameTests
{
    /// <summary>Of the .NET runtime and of Prometheus.</summary>
    private static readonly string[] others =
    [
        "up", "target_info", "dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes", "dotnet_gc_pause_time_seconds_total",
        "dotnet_thread_pool_queue_length_total", "dotnet_exceptions_total",
    ];

    private static readonly string[] labelsOfOthers = ["job", "instance", "service_name", "service_instance_id", "grain_type", "error_type", "le"];

    private static IEnumerable<(string Place, string Text)> Expressions =>
        Dashboard.All.SelectMany(d => d.Queries).Where(q => q.Language == QueryLanguage.PromQl).Select(q => (q.Place, q.Text))
            .Concat(AlertRules.All.Select(r => (r.Alert, r.Expression)));

    [Fact]
    public void Every_metric_and_label_is_one_that_silos_tell() =>
        Expressions.SelectMany(e => Problems(e.Text).Select(problem => $"{e.Place}: {problem}")).ShouldBeEmpty();

    [Theory]
    [InlineData("sum(rate(grid_stage_total[5m]))", "grid_stage_total")]
    [InlineData("sum by (grid_kind) (rate(grid_stages_total[5m]))", "grid_kind")]
    [InlineData("max(grid_store_sweeps{grid_state=\"running\"})", "grid_state")]
    [InlineData("sum(orleans_app_requests_late_total)", "orleans_app_requests_late_total")]
    [InlineData("grid_stages_total", null)]
    public void A_name_that_nobody_tells_is_found(string expression, string? found) => Problems(expression).FirstOrDefault().ShouldBe(found);

    [Fact]
    public void A_metric_that_is_renamed_in_the_code_is_missed_wherever_it_is_shown()
    {
        foreach (var instrument in Instruments.All)
        {
            var (name, shown) = (instrument.PrometheusName, Expressions.Where(e => MetricNames.In(e.Text).Any(m => Belongs(m, instrument))).ToList());

            shown.ShouldNotBeEmpty(name);
            var rest = Instruments.All.Where(i => i != instrument).ToList();
            shown.ShouldAllBe(e => Problems(e.Text, rest).Any(p => p.StartsWith(name, StringComparison.Ordinal)), name);
        }
    }

    [Fact]
    public void Orleans_has_the_meters_that_silos_pass_on()
    {
        var names = Assembly.Load("Orleans.Core").GetTypes().Single(t => t.Name == "InstrumentNames")
            .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).ToList();

        RuntimeMeters.OfOrleans.ShouldBeSubsetOf(names);
    }

    private static IEnumerable<string> Problems(string expression) => Problems(expression, Instruments.All);

    private static IEnumerable<string> Problems(string expression, IEnumerable<InstrumentDefinition> instruments)
    {
        var known = instruments.ToList();
        foreach (var metric in MetricNames.In(expression).Where(m => !known.Any(i => Belongs(m, i)) && !others.Contains(m) && !IsOfOrleans(m)))
            yield return metric;
        foreach (var selector in MetricNames.Selectors(expression))
            foreach (var label in Condition().Matches(selector).Select(m => m.Groups["label"].Value).Where(l => !Labels(known, MetricNames.In(selector)).Contains(l)))
                yield return label;
        foreach (var label in Grouping().Matches(expression).SelectMany(m => m.Groups["labels"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries))
            .Where(l => !Labels(known, MetricNames.In(expression)).Contains(l)))
            yield return label;
    }

    private static IEnumerable<string> Labels(IEnumerable<InstrumentDefinition> known, IReadOnlyList<string> metrics) =>
        known.Where(i => metrics.Any(m => Belongs(m, i))).SelectMany(i => i.Attributes).Select(a => a.Name.Replace('.', '_')).Concat(labelsOfOthers);

    private static bool Belongs(string metric, InstrumentDefinition instrument) =>
        metric == instrument.PrometheusName
        || (instrument.Kind == InstrumentKind.Histogram && metric.StartsWith(instrument.PrometheusName, StringComparison.Ordinal)
            && metric[instrument.PrometheusName.Length..] is "_bucket" or "_sum" or "_count");

    /// <summary>The exporter adds the unit and what kind of series it is.</summary>
    private static bool IsOfOrleans(string metric) => RuntimeMeters.OfOrleans.Select(m => m.Replace('-', '_')).Any(m =>
        metric.StartsWith(m, StringComparison.Ordinal) && metric[m.Length..] is "" or "_total" or "_milliseconds_bucket");

    [GeneratedRegex(@"(?<label>\w+)(=~|!~|!=|=)""")]
    private static partial Regex Condition();

    [GeneratedRegex(@"\b(by|on|group_left) \((?<labels>[^)]*)\)")]
    private static partial Regex Grouping();
}
