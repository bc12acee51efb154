using Grid.Experiments.Store;

namespace Grid.Grains.Contracts;

/// <summary>How an experiment stands, counted since it was last started.</summary>
[GenerateSerializer, Immutable, Alias("grid.experiment-view")]
public sealed record ExperimentView
{
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required ExperimentStatus Status { get; init; }

    /// <summary>References included; null when the strategy cannot know.</summary>
    [Id(2)]
    public long? TrialsTotal { get; init; }

    [Id(3)]
    public int TrialsSucceeded { get; init; }

    [Id(4)]
    public int TrialsFailed { get; init; }

    /// <summary>Distinct stages as planned, or those known so far if there are more: the frontier's tests, or a sweep too large to plan.</summary>
    [Id(5)]
    public int StagesTotal { get; init; }

    /// <summary>Carried out in this run.</summary>
    [Id(6)]
    public int StagesComputed { get; init; }

    /// <summary>Found done, by an earlier run or another experiment.</summary>
    [Id(7)]
    public int StagesReused { get; init; }

    [Id(8)]
    public int StagesFailed { get; init; }

    /// <summary>Rises when a trial succeeded, so that a reader knows when to draw again.</summary>
    [Id(9)]
    public int FrontierVersion { get; init; }

    /// <summary>Estimated from the stages computed so far; null until there are enough.</summary>
    [Id(10)]
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>True while the points that ended on the frontier are looked at on the test split.</summary>
    [Id(11)]
    public bool Testing { get; init; }

    /// <summary>Why it was interrupted, when not by the user: the disk is full, the store is gone.</summary>
    [Id(12)]
    public string? Problem { get; init; }

    /// <summary>True while it waits for what runs to end, to be paused then.</summary>
    [Id(13)]
    public bool Pausing { get; init; }

    /// <summary>What it took so far, over all its runs; null until a run has begun.</summary>
    [Id(20)]
    public Spending? Spending { get; init; }
}
