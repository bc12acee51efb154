using System.Diagnostics;
using Grid.Experiments.Telemetry;
using Grid.Grains.Contracts;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Silo.Slots;

/// <summary>The span of an attempt, in the trace that its lease began.</summary>
internal static class AttemptSpan
{
    /// <summary>Null where nobody traces. Call it as <see cref="Tracing.Begin"/>.</summary>
    public static Activity? Begin(LeasedStage stage, string holder) => Tracing.Begin(Spans.Attempt, stage.Trace, stage.Request.Trace, stage.Before)?
        .With(Attributes.Sweep, stage.Request.Experiment)
        .With(Attributes.StageKey, stage.Key)
        .With(Attributes.StageKind, Words.Of(stage.Request.Spec.Kind))
        .With(Attributes.StageSettings, stage.Request.Spec.Settings.Canonical)
        .With(Attributes.StageAttempt, stage.Attempt)
        .With(Attributes.Pool, stage.Request.Pool)
        .With(Attributes.Silo, holder);
}
