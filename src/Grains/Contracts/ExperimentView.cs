using Grid.Experiments.Store;

namespace Grid.Grains.Contracts;

/// <summary>How an experiment stands, counted since it was last started.</summary>
/// <param name="TrialsTotal">Null when the strategy cannot know.</param>
/// <param name="StagesTotal">Distinct stages known so far; all of them once every trial was asked for.</param>
/// <param name="StagesComputed">Carried out in this run.</param>
/// <param name="StagesReused">Found done, by an earlier run or another experiment.</param>
/// <param name="FrontierVersion">Rises when a trial succeeded, so that a reader knows when to draw again.</param>
[GenerateSerializer, Immutable, Alias("grid.experiment-view")]
public sealed record ExperimentView(
    [property: Id(0)] string Id,
    [property: Id(1)] ExperimentStatus Status,
    [property: Id(2)] long? TrialsTotal,
    [property: Id(3)] int TrialsSucceeded,
    [property: Id(4)] int TrialsFailed,
    [property: Id(5)] int StagesTotal,
    [property: Id(6)] int StagesComputed,
    [property: Id(7)] int StagesReused,
    [property: Id(8)] int StagesFailed,
    [property: Id(9)] int FrontierVersion,
    [property: Id(10)] TimeSpan? TimeLeft,
    [property: Id(11)] string? Waiting);

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

    /// <summary>{"trial","config","metrics"}</summary>
    public const string TrialSucceeded = "trial-succeeded";

    /// <summary>{"trial","config","error"}</summary>
    public const string TrialFailed = "trial-failed";

    /// <summary>An attempt that will be repeated: {"stage","kind","attempt","error"}</summary>
    public const string StageRetried = "stage-retried";

    /// <summary>{"status","trials","stages"}</summary>
    public const string Ended = "ended";
}
