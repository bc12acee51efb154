using System.Text.Json.Serialization;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Store;

[JsonConverter(typeof(JsonStringEnumConverter<ExperimentStatus>))]
public enum ExperimentStatus
{
    [JsonStringEnumMemberName("running")] Running,
    [JsonStringEnumMemberName("paused")] Paused,
    [JsonStringEnumMemberName("interrupted")] Interrupted,
    [JsonStringEnumMemberName("cancelled")] Cancelled,
    [JsonStringEnumMemberName("done")] Done,
}

[JsonConverter(typeof(JsonStringEnumConverter<TrialStatus>))]
public enum TrialStatus
{
    [JsonStringEnumMemberName("pending")] Pending,
    [JsonStringEnumMemberName("succeeded")] Succeeded,
    [JsonStringEnumMemberName("failed")] Failed,
}

[JsonConverter(typeof(JsonStringEnumConverter<StageStatus>))]
public enum StageStatus
{
    [JsonStringEnumMemberName("pending")] Pending,
    [JsonStringEnumMemberName("leased")] Leased,
    [JsonStringEnumMemberName("done")] Done,
    [JsonStringEnumMemberName("failed")] Failed,
}

/// <param name="Id">name-hash: the sweep's name and the first 8 digits of the hash of its canonical text.</param>
/// <param name="Sweep">The sweep as JSON, see SweepJson.</param>
/// <param name="CancelRequested">Set by any process; the one that runs the experiment acts on it.</param>
/// <param name="PauseRequested">Set by any process; the one that runs the experiment begins nothing more, and pauses it when what runs has ended.</param>
/// <param name="Trace">Where in a trace it was last started, see Traceparent; null where nobody traced that.</param>
public sealed record ExperimentRow(
    string Id, string Name, string Sweep, ExperimentStatus Status, bool CancelRequested, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt,
    bool PauseRequested = false, string? Trace = null)
{
    public PoolShare Share { get; init; } = PoolShare.Usual;
}

/// <param name="Number">From 0; the first seed's uncompressed reference is 0.</param>
/// <param name="Config">TrialConfiguration.Canonical.</param>
/// <param name="Leaf">Key of the measure stage, on the first of the sweep's device classes.</param>
/// <param name="Test">Key of the test stage of the same model, which runs only if the trial ends on the frontier.</param>
/// <param name="Error">Why it failed, for the user.</param>
public sealed record TrialRow(
    string Experiment, int Number, string Config, bool IsReference, TrialStatus Status, string Leaf, string Test, string? Error);

/// <summary>The measurement of a trial on one more device class than the sweep's first.</summary>
/// <param name="Number">Of the trial.</param>
/// <param name="Leaf">Key of the measure stage.</param>
public sealed record MeasurementRow(string Experiment, int Number, string Device, string Leaf);

/// <param name="Attempt">How often it was leased: the fencing token of the current lease.</param>
/// <param name="Crashes">Attempts that ended in a dead or hung runner.</param>
/// <param name="Holder">Who leases it; null when nobody does.</param>
/// <param name="LeaseLeft">How long the lease still held when the row was read, by the store's clock; 0 or less when it had run out.</param>
/// <param name="Artifact">SHA-256 of the model it made; for measure and test, of the one that was looked at.</param>
/// <param name="Seconds">Wall time of the attempt that counted.</param>
/// <param name="Error">Evidence of the last failed attempt, kept also after a later success.</param>
/// <param name="Pool">What it waits in or is carried out for, see <see cref="PoolNames"/>.</param>
/// <param name="Checkpoint">SHA-256 of the file that the next attempt goes on from; null once the stage is done or failed.</param>
/// <param name="Trace">Where in a trace its last attempt stands, see Traceparent; null where nobody traced any.</param>
public sealed record StageRow(
    string Key, StageSpec Spec, StageStatus Status, int Attempt, int Crashes, string? Holder, TimeSpan? LeaseLeft,
    string? Artifact, StageResult? Result, double? Seconds, string? Error, string Pool, string? Checkpoint = null, string? Trace = null);

/// <summary>What a stage refers to, without the rest of its row.</summary>
/// <param name="Parent">Key of the stage whose model it reads.</param>
/// <param name="Reference">Key of the stage whose model a measurement is compared with.</param>
/// <param name="Artifact">SHA-256 of the model it made or looked at.</param>
/// <param name="Checkpoint">SHA-256 of what its next attempt goes on from.</param>
public sealed record StageLinks(string Key, StageStatus Status, string? Parent, string? Reference, string? Artifact, string? Checkpoint);

/// <param name="Count">How many stages of the kind have the status; above 0.</param>
public sealed record StageCount(StageKind Kind, StageStatus Status, long Count);

/// <param name="Count">How many experiments have the status; above 0.</param>
public sealed record ExperimentCount(ExperimentStatus Status, long Count);

/// <param name="Oldest">How long the longest waiting stage has waited; null when none waits.</param>
public sealed record QueueCount(string Pool, long Pending, long Leased, TimeSpan? Oldest);

/// <param name="Kind">See EventKinds.</param>
/// <param name="Body">JSON.</param>
public sealed record EventRow(string Experiment, long Sequence, DateTimeOffset At, string Kind, string Body);

/// <summary>The answer to a completion: every call may be repeated safely.</summary>
public enum CompletionAnswer
{
    Recorded,

    /// <summary>This very attempt was recorded before: a retry after a lost answer.</summary>
    AlreadyRecorded,

    /// <summary>Another attempt has taken over, or the stage is not leased: the result is not counted.</summary>
    Stale,
}
