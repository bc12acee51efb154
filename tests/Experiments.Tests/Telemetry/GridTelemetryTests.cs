using System.Reflection;
using Grid.Experiments.Stages;
using Grid.Experiments.Telemetry;
using Grid.Tests;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Experiments.Tests.Telemetry;

public sealed class GridTelemetryTests
{
    /// <summary>If this fails, put the lines it shows into the page.</summary>
    [Fact]
    public void The_page_tells_of_every_name_and_of_no_other()
    {
        var page = File.ReadAllLines(RepositoryRoot.File("docs", "observability.md"));

        var rows = page.Where(line => ObservabilityPage.Tables.Any(t => line.StartsWith(t[0].Split('`')[0] + "`", StringComparison.Ordinal)));
        rows.ShouldBe(ObservabilityPage.Tables.SelectMany(t => t));
    }

    [Fact]
    public void Every_definition_is_in_its_list_once_under_a_name_of_its_own()
    {
        ShouldBeAll(typeof(Attributes), Attributes.All, a => a.Name);
        ShouldBeAll(typeof(Spans), Spans.All, s => s.Name);
        ShouldBeAll(typeof(Events), Events.All, e => e.Name);
        ShouldBeAll(typeof(Instruments), Instruments.All, i => i.Name);
        Instruments.All.Select(i => i.PrometheusName).ShouldBeUnique();
    }

    [Fact]
    public void Names_of_attributes_and_instruments_begin_with_grid()
    {
        Attributes.All.Select(a => a.Name).Concat(Instruments.All.Select(i => i.Name)).ShouldAllBe(n => n.StartsWith("grid."));
        Instruments.All.Select(i => i.PrometheusName).ShouldAllBe(n => n.StartsWith("grid_"));
    }

    [Fact]
    public void A_histogram_has_bounds_that_rise_and_nothing_else_has_any()
    {
        Instruments.All.Where(i => i.Kind == InstrumentKind.Histogram).ShouldAllBe(i => i.Boundaries.Count > 5 && i.Boundaries.SequenceEqual(i.Boundaries.Distinct().Order()));
        Instruments.All.Where(i => i.Kind != InstrumentKind.Histogram).ShouldAllBe(i => i.Boundaries.Count == 0);
    }

    [Fact]
    public void Labels_have_a_bounded_number_of_values()
    {
        AttributeDefinition[] unbounded = [Attributes.StageKey, Attributes.StageSettings, Attributes.StageAttempt, Attributes.Silo, Attributes.Loss, Attributes.Epoch];

        Instruments.All.SelectMany(i => i.Attributes).Intersect(unbounded).ShouldBeEmpty();
        // Those that run now, from the silo that hosts them.
        Instruments.All.Where(i => i.Attributes.Contains(Attributes.Sweep)).ShouldAllBe(i => i.Kind == InstrumentKind.Gauge);
    }

    [Fact]
    public void Every_kind_of_stage_has_its_span() => Enum.GetValues<StageKind>().Select(k => Spans.Of(k).Name).ShouldBe(Enum.GetValues<StageKind>().Select(k => $"stage.{Words.Of(k)}"));

    [Theory]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("4bf92f3577b34da6a3ce929d0e0e4736", null)]
    [InlineData("00-zzz", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_place_in_a_trace_names_its_trace(string? traceparent, string? trace) => Traceparent.TraceId(traceparent).ShouldBe(trace);

    private static void ShouldBeAll<T>(Type type, IReadOnlyList<T> all, Func<T, string> name) where T : class
    {
        var defined = type.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(p => p.PropertyType == typeof(T)).Select(p => (T)p.GetValue(null)!);
        all.ShouldBe(defined, ignoreOrder: true);
        all.Select(name).ShouldBeUnique();
    }
}
