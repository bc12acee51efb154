using Grid.Client.Reading;
using Grid.Experiments.Store;

namespace Grid.Client.Live;

/// <summary>Everything the live view shows of a sweep at one moment.</summary>
internal sealed record LiveFrame
{
    public required string Id { get; init; }
    public required ExperimentStatus Status { get; init; }
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Null while nothing is known.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>Null while the strategy cannot know.</summary>
    public long? TrialsTotal { get; init; }
    public int TrialsSucceeded { get; init; }
    public int TrialsFailed { get; init; }

    /// <summary>Null when only the process that runs the sweep knows.</summary>
    public StageTally? Stages { get; init; }

    /// <summary>Whether its end is looked at on the test split: those stages are counted then.</summary>
    public bool Testing { get; init; }

    /// <summary>What each busy slot does.</summary>
    public IReadOnlyList<SlotLine> Slots { get; init; } = [];

    /// <summary>The latest failures and retries, newest last.</summary>
    public IReadOnlyList<string> Troubles { get; init; } = [];

    /// <summary>What keeps it from getting on; null for nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>Where it could have more slots, were it not for the limit that its user set; null for nowhere. Comes and goes as slots do.</summary>
    public string? Limit { get; init; }

    /// <summary>Null until there is a result.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Address of the live page; null where there is none.</summary>
    public string? Page { get; init; }

    /// <summary>The user asked to stop.</summary>
    public bool Stopping { get; init; }

    /// <summary>0 to 1; by stages where they are known, else by trials.</summary>
    public double Fraction => Stages is { Total: > 0 } stages
        ? Math.Clamp((double)(stages.Computed + stages.Reused + stages.Failed) / stages.Total, 0, 1)
        : TrialsTotal is > 0 and var total ? Math.Clamp((double)(TrialsSucceeded + TrialsFailed) / total, 0, 1) : 0;
}

/// <summary>Distinct stages of a sweep, counted since it was last started.</summary>
internal sealed record StageTally(int Total, int Computed, int Reused, int Failed);

/// <param name="Fraction">0 to 1.</param>
/// <param name="Text">Such as "epoch 2/5".</param>
internal sealed record SlotLine(string Stage, string Settings, double Fraction, string Text, TimeSpan Since);
