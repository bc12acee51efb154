using Grid.Experiments.Stages;
using Grid.Grains.Contracts;

namespace Grid.Grains.Experiments;

/// <summary>
/// Every stage a run has come across: who waits for it, how it ended, and the counts. Of those that are done and that nobody waits for it
/// keeps as little as it can, some 90 bytes each: a sweep may have millions.
/// </summary>
internal sealed class StageBook
{
    private readonly Dictionary<string, StageEntry> entries = [];
    private readonly Dictionary<Sha256Value, ShelvedStage> shelf = [];

    public int Total => entries.Count + shelf.Count;
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
            if (entries.TryGetValue(spec.Key, out var entry))
                return entry;
            entry = shelf.Remove(Sha256Value.Parse(spec.Key), out var shelved) ? shelved.Entry(spec) : new StageEntry(spec);
            entries.Add(spec.Key, entry);
            return entry;
        }
    }

    /// <summary>One that is open, has failed or is waited for; null for any other.</summary>
    public StageEntry? Find(string key) => entries.GetValueOrDefault(key);

    /// <summary>How a stage ended; null while it is open, or was never come across.</summary>
    public StageEnding? Ending(string key) =>
        entries.TryGetValue(key, out var entry) ? entry.Ending
        : shelf.TryGetValue(Sha256Value.Parse(key), out var shelved) ? shelved.Ending
        : null;

    /// <summary>SHA-256 of the model that a stage last made or measured; null for one that was never done, and for no stage.</summary>
    public string? Artifact(string? key) =>
        key is null ? null
        : entries.TryGetValue(key, out var entry) ? entry.Artifact
        : shelf.TryGetValue(Sha256Value.Parse(key), out var shelved) ? shelved.Artifact.ToString()
        : null;

    /// <summary>Keeps only what may be asked about a stage that is done and that nobody waits for; does nothing with any other.</summary>
    public void Shelve(StageEntry entry)
    {
        if (entry is { IsDone: true, Waiting.Count: 0, Artifact: not null } && entries.Remove(entry.Spec.Key))
            shelf.Add(Sha256Value.Parse(entry.Spec.Key), ShelvedStage.Of(entry));
    }

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
