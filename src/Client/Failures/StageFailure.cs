using Grid.Client.Reading;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Failures;

/// <summary>The stage for which a trial has no result, and all that is known of why.</summary>
/// <param name="Attempts">Those that the experiment was told of, oldest first; none where another experiment had the stage fail.</param>
internal sealed record StageFailure(StageRow Stage, FailureCause Cause, IReadOnlyList<FailedAttempt> Attempts, FailureAdvice Advice)
{
    private const string OutputFollows = "Its last output:";

    /// <summary>Whether nobody will try it again unasked.</summary>
    public bool IsFinal => Stage.Status == StageStatus.Failed;

    /// <summary>What happened, in a sentence or two.</summary>
    public string Happened => WithoutOutput(Stage.Error!);

    /// <summary>The last that the runner printed, or where the error was met; empty for nothing.</summary>
    public string Output => Stage.Error!.IndexOf('\n') is >= 0 and var end ? Stage.Error[(end + 1)..] : "";

    /// <summary>Null where no stage is in the way.</summary>
    /// <param name="stages">Of the trial, in order.</param>
    /// <param name="options">That name the place on a command line.</param>
    public static async Task<StageFailure?> Of(Place place, ExperimentRow experiment, Sweep sweep, IReadOnlyList<StageRow> stages, string options)
    {
        var stage = stages.FirstOrDefault(s => s is { Status: StageStatus.Failed, Error: not null })
            ?? stages.FirstOrDefault(s => s.Status != StageStatus.Done && s.Error is not null);
        if (stage is null)
            return null;
        var attempts = await FailedAttempt.Of(place.Store, experiment.Id, stage.Key);
        var cause = FailureCauses.Of(attempts is [.., var last] ? last.Outcome : null, stage.Crashes, stage.Error!);
        return new(stage, cause, attempts, FailureAdvice.Of(cause, stage.Spec.Kind, sweep.StageTimeLimit, experiment.Id, options, place.IsHome));
    }

    /// <summary>The first line of an error, without what announces the next.</summary>
    public static string WithoutOutput(string error) => error.Split('\n')[0].Replace(OutputFollows, "", StringComparison.Ordinal).TrimEnd();
}
