using Grid.Experiments.Telemetry;
using Grid.Tests;

namespace Grid.Cluster.Tests.Telemetry;

/// <summary>What holds for all spans, of which Grid makes every one.</summary>
internal static class SpanChecks
{
    public static IEnumerable<ReceivedSpan> Of(this IEnumerable<ReceivedSpan> spans, SpanDefinition span) =>
        spans.Where(s => s.Name == span.Name);

    public static string Text(this ReceivedSpan span, AttributeDefinition attribute) => span.Attributes.GetValueOrDefault(attribute.Name)?.ToString() ?? "";

    public static ReceivedSpan ParentOf(this IReadOnlyList<ReceivedSpan> spans, ReceivedSpan span) =>
        spans.SingleOrDefault(s => s.Trace == span.Trace && s.Id == span.Parent) ?? throw new ShouldAssertException($"{span.Name} has no parent in its trace.");

    /// <summary>The span that it is a part of, and what that is a part of, to the root.</summary>
    public static IEnumerable<ReceivedSpan> Above(this IReadOnlyList<ReceivedSpan> spans, ReceivedSpan span)
    {
        while (span.Parent.Length > 0)
            yield return span = spans.ParentOf(span);
    }

    /// <summary>Names, attributes and events are those that are documented, and no span is torn from its trace.</summary>
    public static void ShouldBeAsDocumented(this IReadOnlyList<ReceivedSpan> spans)
    {
        foreach (var span in spans)
        {
            var definition = GridTelemetry.Spans.All.SingleOrDefault(d => d.Name == span.Name).ShouldNotBeNull(span.Name);
            span.Attributes.Keys.ShouldBeSubsetOf(definition.Attributes.Select(a => a.Name), span.Name);
            foreach (var moment in span.Events)
                moment.Attributes.Keys.ShouldBe(
                    definition.Events.SingleOrDefault(e => e.Name == moment.Name).ShouldNotBeNull(span.Name).Attributes.Select(a => a.Name), ignoreOrder: true);
        }
        foreach (var span in spans)
            spans.Above(span).ToList().ShouldAllBe(s => s.Trace == span.Trace);
        spans.Where(s => s.Parent.Length == 0).Select(s => s.Name).Distinct()
            .ShouldBe([GridTelemetry.Spans.Submit.Name, GridTelemetry.Spans.Lease.Name], ignoreOrder: true);
    }
}
