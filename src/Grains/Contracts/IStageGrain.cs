using Grid.Experiments.Stages;
using Grid.Experiments.Store;

namespace Grid.Grains.Contracts;

/// <summary>
/// A distributed memo: one grain per stage key, whoever asks. Two experiments that need the same stage wait for the same grain.
/// </summary>
[Alias("grid.stage")]
public interface IStageGrain : IGrainWithStringKey
{
    /// <summary>
    /// Sees to it that the stage gets done. Answers its end if it is known; otherwise null, and the experiment hears of it
    /// through <see cref="IExperimentGrain.StageEnded"/>. The stage's parent must be done.
    /// </summary>
    [Alias("ensure")]
    Task<StageEnd?> Ensure(StageSpec spec, string experiment, TimeSpan timeLimit);

    /// <summary>The experiment no longer waits; work that nobody waits for is withdrawn.</summary>
    [Alias("forget")]
    Task Forget(string experiment);

    /// <summary>The end of an attempt, told by the worker that holds the lease.</summary>
    /// <param name="artifact">SHA-256 of the model it made, already in the artifact store; null when it makes none or did not succeed.</param>
    [Alias("complete")]
    Task<CompletionAnswer> Complete(int attempt, StageReport report, string? artifact);

    /// <summary>The lease ended without a report: released on shutdown, or expired.</summary>
    [Alias("lease-lost")]
    Task LeaseLost(int attempt, string reason);
}

/// <summary>How a stage ended.</summary>
/// <param name="Done">False when it failed for good.</param>
/// <param name="Reused">True when it was done before anyone asked in this run.</param>
/// <param name="Artifact">The model it made; null for measure and test.</param>
/// <param name="DamagedParent">Set when it cannot run because this file of an earlier stage is damaged or gone.</param>
[GenerateSerializer, Immutable, Alias("grid.stage-end")]
public sealed record StageEnd(
    [property: Id(0)] string Key,
    [property: Id(1)] bool Done,
    [property: Id(2)] bool Reused,
    [property: Id(3)] string? Artifact,
    [property: Id(4)] StageResult? Result,
    [property: Id(5)] double? Seconds,
    [property: Id(6)] string? Error,
    [property: Id(7)] string? DamagedParent);
