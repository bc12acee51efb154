using Grid.Experiments.Stages;
using Grid.Grains.Contracts;

namespace Grid.Grains.Experiments;

/// <summary>One stage in a run.</summary>
internal sealed class StageEntry(StageSpec spec)
{
    public StageSpec Spec { get; } = spec;

    /// <summary>Whether its grain was asked for it since it was last open.</summary>
    public bool Asked { get; set; }

    /// <summary>Computed, Reused or Failed; null while it is open.</summary>
    public StageEnding? Ending { get; set; }

    /// <summary>Whether this run ever carried it out.</summary>
    public bool WasComputed { get; set; }

    /// <summary>SHA-256 of what it last made.</summary>
    public string? Artifact { get; set; }

    public string? Error { get; set; }

    public HashSet<TrialRun> Waiting { get; } = [];

    /// <summary>Puts a trial among those that wait. True when the stage is to be asked for.</summary>
    public bool Wait(TrialRun trial)
    {
        if (Ending is not null)
            return false;
        Waiting.Add(trial);
        return !Asked && (Asked = true);
    }

    public bool IsDone => Ending is StageEnding.Computed or StageEnding.Reused;
}
