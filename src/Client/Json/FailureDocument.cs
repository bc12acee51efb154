using Grid.Client.Failures;
using Grid.Experiments.Stages;

namespace Grid.Client.Json;

/// <summary>Why a trial has no result.</summary>
/// <param name="Stage">Key of the stage that is in the way.</param>
/// <param name="Final">Whether nobody tries it again unasked.</param>
/// <param name="Output">The last that its runner printed; empty for nothing.</param>
/// <param name="Again">Whether trying the same again makes sense.</param>
/// <param name="Next">The command that goes on once the advice was followed.</param>
internal sealed record FailureDocument(
    string Stage, StageKind Kind, FailureCause Cause, bool Final, string Error, string Output, IReadOnlyList<AttemptDocument> Attempts, string Advice, bool Again, string Next)
{
    public static FailureDocument Of(StageFailure failure) => new(
        failure.Stage.Key, failure.Stage.Spec.Kind, failure.Cause, failure.IsFinal, failure.Happened, failure.Output,
        [.. failure.Attempts.Select(a => new AttemptDocument(a.Number, a.At, a.Outcome, a.Silo, a.Error))],
        failure.Advice.Text, failure.Advice.Again, failure.Advice.Next);
}

/// <param name="Silo">Null where it is not known, as the attempt's number and outcome.</param>
internal sealed record AttemptDocument(int? Attempt, DateTimeOffset At, StageOutcome? Outcome, string? Silo, string Error);
