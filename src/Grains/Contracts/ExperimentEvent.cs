using System.Text.Json;
using Grid.Experiments.Store;

namespace Grid.Grains.Contracts;

/// <param name="Kind">See <see cref="EventKinds"/>.</param>
/// <param name="Body">JSON.</param>
[GenerateSerializer, Immutable, Alias("grid.experiment-event")]
public sealed record ExperimentEvent(
    [property: Id(0)] long Sequence, [property: Id(1)] DateTimeOffset At, [property: Id(2)] string Kind, [property: Id(3)] string Body);

/// <summary>What an experiment tells of. Bodies are JSON objects; readers ignore members they do not know.</summary>
public static class EventKinds
{
    /// <summary>{"retryFailed"}</summary>
    public const string Started = "started";

    /// <summary>{"trial"}</summary>
    public const string TrialSucceeded = "trial-succeeded";

    /// <summary>{"trial","error"}</summary>
    public const string TrialFailed = "trial-failed";

    /// <summary>An attempt that is repeated: {"stage","kind","error","attempt","outcome","silo"}; the silo is null where it is not known.</summary>
    public const string StageRetried = "stage-retried";

    /// <summary>
    /// An attempt that is not repeated by itself, as its stage has failed for good, found a damaged model or a full disk: the same members. Not
    /// told of a stage that had failed before.
    /// </summary>
    public const string AttemptFailed = "attempt-failed";

    /// <summary>{"status","problem","budget"}: the last is the budget that ended it, energy, time or trials; null for none.</summary>
    public const string Ended = "ended";

    /// <summary>The number of the trial of whose success an event tells; null for every other event.</summary>
    public static int? Succeeded(EventRow row)
    {
        if (row.Kind != TrialSucceeded)
            return null;
        using var json = JsonDocument.Parse(row.Body);
        return json.RootElement is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("trial", out var trial)
            && trial.ValueKind == JsonValueKind.Number && trial.TryGetInt32(out var number) ? number : null;
    }
}
