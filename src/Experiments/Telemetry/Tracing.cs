using System.Diagnostics;

namespace Grid.Experiments.Telemetry;

/// <summary>Begins spans. Where nobody listens, each is null and nothing is allocated.</summary>
public static class Tracing
{
    private static readonly ActivitySource source = new(GridTelemetry.SourceName, typeof(Tracing).Assembly.GetName().Version?.ToString(3));

    /// <summary>How many traces this process begins; null for as many as whoever listens wants.</summary>
    public static TraceRate? Rate { get; set; }

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn => source.HasListeners();

    /// <summary>A span that begins a trace, or goes on with one where this process was told its place.</summary>
    /// <remarks>
    /// It leaves whatever span the caller is in, and does not come back to it: call it from an asynchronous method of its own, whose caller
    /// keeps its own span.
    /// </remarks>
    /// <param name="parent">The place in a trace; null to begin one.</param>
    /// <param name="links">Places in other traces that have to do with it; nulls are passed over.</param>
    /// <returns>Null also where the trace to go on with is not recorded, and for one more than <see cref="Rate"/> allows.</returns>
    public static Activity? Begin(SpanDefinition span, string? parent = null, params ReadOnlySpan<string?> links)
    {
        if (!IsOn)
            return null;
        Activity.Current = null;
        if (parent is null ? Rate?.Take() == false : Traceparent.IsUnrecorded(parent))
            return null;
        var begun = source.StartActivity(span.Name, ActivityKind.Internal, Traceparent.Parse(parent) ?? default);
        // Where stages take no time, most traces are not recorded: links are read only for those that are.
        if (begun is { IsAllDataRequested: true })
            foreach (var link in links)
                if (Traceparent.Parse(link) is { } linked)
                    begun.AddLink(new ActivityLink(linked));
        return begun;
    }

    /// <summary>Whether the caller is in a span that is recorded.</summary>
    public static bool InTrace => Activity.Current is { Recorded: true };

    /// <summary>A part of the span that the caller is in; null outside of any that is recorded.</summary>
    public static Activity? Part(SpanDefinition span) => InTrace ? source.StartActivity(span.Name) : null;

    /// <summary>Does nothing with one that is not recorded.</summary>
    public static Activity With(this Activity span, AttributeDefinition attribute, object? value) =>
        span.IsAllDataRequested ? span.SetTag(attribute.Name, value) : span;

    /// <summary>The end of what a span tells of, with the reason where it did not go well.</summary>
    public static void Ended(this Activity span, string outcome, string? error = null)
    {
        span.With(GridTelemetry.Attributes.Outcome, outcome);
        if (error is not null)
            span.SetStatus(ActivityStatusCode.Error, error);
    }

    /// <summary>A moment within the span that the caller is in.</summary>
    public static void Tell(SpanEventDefinition moment, params IEnumerable<(AttributeDefinition Attribute, object Value)> attributes) =>
        Activity.Current?.AddEvent(new ActivityEvent(
            moment.Name, tags: new ActivityTagsCollection(attributes.Select(a => new KeyValuePair<string, object?>(a.Attribute.Name, a.Value)))));
}
