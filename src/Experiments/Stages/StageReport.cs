using System.Text.Json.Serialization;

namespace Grid.Experiments.Stages;

/// <summary>How an attempt at a stage ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StageOutcome>))]
public enum StageOutcome
{
    [JsonStringEnumMemberName("done")] Done,

    /// <summary>An exception: the same again would fail again.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>The runner died: a signal, an out-of-memory kill, an exit in mid-stage. Worth another try.</summary>
    [JsonStringEnumMemberName("crashed")] Crashed,

    /// <summary>The stage outlasted its time limit and its runner was killed.</summary>
    [JsonStringEnumMemberName("timed-out")] TimedOut,

    /// <summary>A model it was to read is missing or its hash differs: the stage that made it must run again.</summary>
    [JsonStringEnumMemberName("damaged-input")] DamagedInput,

    /// <summary>
    /// The disk is full: the machine's doing, not the stage's. Counts neither as a failure nor as a crash, and is worth another try once
    /// somebody has made room, not before.
    /// </summary>
    [JsonStringEnumMemberName("no-space")] NoSpace,
}

/// <summary>The end of an attempt, as the silo hears it.</summary>
/// <param name="Error">For the user when not done: the reason, and the evidence (exit code, signal, last output).</param>
/// <param name="DamagedSha256">Which file was damaged.</param>
/// <param name="Seconds">Wall time of the attempt.</param>
public sealed record StageReport(
    StageOutcome Outcome, StageResult Result, double Seconds, string? Error = null, string? DamagedSha256 = null);
