using Grid.Experiments.Stages;
using Grid.Grains.Contracts;

namespace Grid.Grains.Experiments;

/// <summary>Every stage a run has come across: who waits for it, how it ended, and the counts.</summary>
internal sealed class StageBook
{
    private readonly Dictionary<string, StageEntry> entries = [];

    public int Total => entries.Count;
    public int Computed { get; private set; }
    public int Reused { get; private set; }
    public int Failed { get; private set; }

    public IEnumerable<StageEntry> Outstanding => entries.Values.Where(e => e.Asked && e.Ending is null);

    /// <summary>Trials wait for them, and nobody was asked: the run is being paused.</summary>
    public IEnumerable<StageEntry> Held => entries.Values.Where(e => e is { Asked: false, Ending: null, Waiting.Count: > 0 });

    public StageEntry this[StageSpec spec]
    {
        get
        {
            if (!entries.TryGetValue(spec.Key, out var entry))
                entries.Add(spec.Key, entry = new StageEntry(spec));
            return entry;
        }
    }

    public StageEntry? Find(string key) => entries.GetValueOrDefault(key);

    /// <summary>SHA-256 of the model that a stage made; null for no stage.</summary>
    public string? Artifact(string? key) => key is null ? null : entries[key].Artifact;

    /// <summary>Notes how a stage ended. False when that was known.</summary>
    public bool End(StageEntry entry, StageEnd end)
    {
        if (entry.Ending is not null)
            return false;
        entry.WasComputed |= end.Ending == StageEnding.Computed;
        entry.Ending = end.Ending == StageEnding.Reused && entry.WasComputed ? StageEnding.Computed : end.Ending;
        entry.Artifact = end.Artifact;
        entry.Error = end.Error;
        Count(entry.Ending.Value, 1);
        return true;
    }

    /// <summary>A stage must be done again: it counts once, as what becomes of it then.</summary>
    public void Reopen(StageEntry entry)
    {
        if (entry.Ending is { } ending)
            Count(ending, -1);
        entry.Ending = null;
        entry.Asked = false;
    }

    private void Count(StageEnding ending, int change)
    {
        switch (ending)
        {
            case StageEnding.Computed:
                Computed += change;
                break;
            case StageEnding.Reused:
                Reused += change;
                break;
            case StageEnding.Failed:
                Failed += change;
                break;
        }
    }
}

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
