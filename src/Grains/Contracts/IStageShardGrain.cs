using System.ComponentModel.DataAnnotations;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains.Messages;

namespace Grid.Grains.Contracts;

/// <summary>
/// A distributed memo of stages, whoever asks: two experiments that need the same stage wait for the same one. Each grain is a shard of it, the
/// stages whose keys begin with its two digits. Every call is safe to repeat.
/// </summary>
/// <exception cref="ArgumentException">Thrown by any call about a stage of another shard.</exception>
[Alias(GridGrains.ShardAlias)]
public interface IStageShardGrain : IGrainWithStringKey
{
    /// <summary>
    /// Sees to it that the stage gets done. Answers its end if it is known; otherwise null, and the experiment hears of it
    /// through <see cref="IExperimentGrain.StageEnded"/>. The stages whose models it reads must be done.
    /// </summary>
    /// <exception cref="StoreException">The store cannot be read or written.</exception>
    [Alias("ensure")]
    Task<StageEnd?> Ensure(StageRequest request);

    /// <summary>The experiment no longer waits; work that nobody waits for is withdrawn.</summary>
    [Alias("forget")]
    Task Forget([Sha256] string key, [StringLength(200)] string experiment);

    /// <summary>
    /// The experiment waits on only if a worker is at the stage; otherwise nothing begins it on the experiment's account. Answers whether it waits.
    /// </summary>
    [Alias("hold")]
    Task<bool> Hold(StageRequest request);

    /// <summary>
    /// The end of an attempt, told by the worker that holds the lease. A result is recorded only for the current attempt; what
    /// the store cannot record ends the experiments that wait, with the reason.
    /// </summary>
    [Alias("complete")]
    Task<CompletionAnswer> Complete(AttemptEnd end);

    /// <summary>An attempt under way saved how far it is. False when it is not the current one: what it saved is not counted.</summary>
    /// <param name="key">Of the stage.</param>
    /// <param name="artifact">SHA-256 of the checkpoint, in the artifact store.</param>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    [Alias("checkpoint")]
    Task<bool> Checkpoint([Sha256] string key, int attempt, [Sha256] string artifact);

    /// <summary>The lease ended without a report: the worker stops. The stage waits for another.</summary>
    /// <param name="key">Of the stage.</param>
    /// <param name="pool">Name of the pool that gave the lease.</param>
    [Alias("release")]
    Task Release([Sha256] string key, int attempt, [StringLength(80, MinimumLength = 1), RegularExpression(PoolNames.Pattern)] string pool);

    /// <summary>The model this stage made is damaged or gone: it is made again when somebody next asks.</summary>
    /// <param name="key">Of the stage.</param>
    /// <param name="artifact">SHA-256 of that model.</param>
    [Alias("invalidate")]
    Task Invalidate([Sha256] string key, [Sha256] string artifact);
}

/// <summary>What an experiment asks of a stage.</summary>
/// <param name="TimeLimit">Longest time one attempt may take.</param>
/// <param name="Input">SHA-256 of the model it reads; null for a network of the zoo.</param>
/// <param name="Reference">SHA-256 of the uncompressed model a measurement is compared with.</param>
/// <param name="Retry">Whether a stage that failed before is tried again.</param>
/// <param name="Pool">Name of the pool whose slots carry it out.</param>
/// <param name="Trace">Where in a trace the experiment was started, see <see cref="Traceparent"/>.</param>
[GenerateSerializer, Immutable, Alias("grid.stage-request")]
public sealed record StageRequest(
    [property: Id(0)] StageSpec Spec,
    [property: Id(1), StringLength(200)] string Experiment,
    [property: Id(2)] TimeSpan TimeLimit,
    [property: Id(3), Sha256] string? Input,
    [property: Id(4), Sha256] string? Reference,
    [property: Id(5)] bool Retry,
    [property: Id(6), StringLength(80, MinimumLength = 1), RegularExpression(PoolNames.Pattern)] string Pool,
    [property: Id(7), RegularExpression(Traceparent.Pattern)] string? Trace = null);

/// <summary>The end of one attempt.</summary>
/// <param name="Key">Of the stage.</param>
/// <param name="Pool">Name of the pool that gave the lease.</param>
/// <param name="Artifact">SHA-256 of the model it made or measured, in the artifact store; null when it did not succeed.</param>
/// <param name="Trace">Where in a trace it is told, see <see cref="Traceparent"/>; null where that is not recorded.</param>
[GenerateSerializer, Immutable, Alias("grid.attempt-end")]
public sealed record AttemptEnd(
    [property: Id(0), Sha256] string Key, [property: Id(1), Range(0, int.MaxValue)] int Attempt, [property: Id(2)] StageReport Report,
    [property: Id(3), Sha256] string? Artifact, [property: Id(4), StringLength(80, MinimumLength = 1), RegularExpression(PoolNames.Pattern)] string Pool,
    [property: Id(5), RegularExpression(Traceparent.Pattern)] string? Trace = null);

/// <summary>How a stage ended for those who wait.</summary>
[GenerateSerializer, Immutable, Alias("grid.stage-end")]
public sealed record StageEnd
{
    [Id(0), Sha256]
    public required string Key { get; init; }

    [Id(1)]
    public required StageEnding Ending { get; init; }

    /// <summary>SHA-256 of the model it made or measured.</summary>
    [Id(2), Sha256]
    public string? Artifact { get; init; }

    [Id(3)]
    public StageResult? Result { get; init; }

    /// <summary>Wall time of the attempt that counted.</summary>
    [Id(4)]
    public double Seconds { get; init; }

    /// <summary>Why it did not succeed, with the evidence.</summary>
    [Id(5)]
    public string? Error { get; init; }

    /// <summary>SHA-256 of the model that must be made again first.</summary>
    [Id(6), Sha256]
    public string? Damaged { get; init; }

    /// <summary>The attempt that just ended without success; null for any other, and for a failure that was known before.</summary>
    [Id(7)]
    public EndedAttempt? Attempt { get; init; }
}

/// <summary>An attempt that ended without success.</summary>
/// <param name="Number">Of the attempt, from 1.</param>
/// <param name="Holder">Who carried it out, see <see cref="HolderName"/>.</param>
[GenerateSerializer, Immutable, Alias("grid.ended-attempt")]
public sealed record EndedAttempt(
    [property: Id(0), Range(0, int.MaxValue)] int Number, [property: Id(1)] StageOutcome Outcome, [property: Id(2), StringLength(400)] string? Holder);

public enum StageEnding
{
    /// <summary>Carried out since somebody asked.</summary>
    Computed,

    /// <summary>Done before anybody asked.</summary>
    Reused,

    /// <summary>It failed for good.</summary>
    Failed,

    /// <summary>This attempt failed and another is coming: the stage has not ended.</summary>
    Retried,

    /// <summary>A model it reads is damaged or gone; it must be asked for again once that model is there.</summary>
    DamagedInput,

    /// <summary>Neither the stage's fault nor to be cured by another attempt: the disk is full, the store is gone.</summary>
    Stopped,
}
