using System.Diagnostics;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains.Contracts;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Grains.Pools;

/// <summary>Begins the trace of an attempt, with its lease.</summary>
internal static class AttemptTrace
{
    /// <param name="lease">Takes the lease, and is told where in the trace the attempt stands; null where that is not recorded.</param>
    /// <returns>Also where the worker goes on, which learns from it as well that the trace is not recorded; null where nobody traces.</returns>
    public static async Task<(StageRow? Row, string? Trace)> Lease(StageOffer offer, string holder, Func<string?, Task<StageRow?>> lease)
    {
        using var span = Tracing.Begin(Spans.Lease, parent: null, offer.Request.Trace, offer.Before);
        if (span is null)
            return (await lease(null), Tracing.IsOn ? Traceparent.Unrecorded : null);
        span.With(Attributes.Sweep, offer.Request.Experiment)
            .With(Attributes.StageKey, offer.Key)
            .With(Attributes.StageKind, Words.Of(offer.Request.Spec.Kind))
            .With(Attributes.StageAttempt, offer.Attempt + 1)
            .With(Attributes.Pool, offer.Request.Pool)
            .With(Attributes.Silo, HolderName.Silo(holder));
        var row = await lease(span.Recorded ? span.Id : null);
        if (row is null)
            // Somebody else has it: nobody shall take this for an attempt.
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        return (row, span.Id);
    }
}
