using Grid.Experiments.Analysis;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;

namespace Grid.Client.Reading;

/// <summary>
/// Tells from an experiment's events when its trials were measured, in seconds of its running time. What passed between the last event of a run and
/// the beginning of the next is left out; so is what a killed run did after its last event.
/// </summary>
internal sealed class TrialClock
{
    private const int Page = 5_000;
    private readonly List<TrialEnd> ends = [];
    private DateTimeOffset? last;
    private TimeSpan ran;

    /// <summary>In the order in which they ended.</summary>
    public IReadOnlyList<TrialEnd> Ends => ends;

    /// <summary>The last event that was read.</summary>
    public long Seen { get; private set; }

    /// <summary>Reads the events that are new.</summary>
    public async Task Read(IExperimentStore store, string experiment)
    {
        while (await store.ReadEvents(experiment, Seen, Page) is { Count: > 0 } page)
            foreach (var row in page)
                Add(row);
    }

    /// <summary>An event that follows those before.</summary>
    public void Add(EventRow row)
    {
        // Clocks of silos may differ, and go back.
        if (row.Kind != EventKinds.Started && last is { } before && row.At > before)
            ran += row.At - before;
        last = row.At;
        Seen = row.Sequence;
        if (EventKinds.Succeeded(row) is { } trial)
            ends.Add(new(trial, ran.TotalSeconds));
    }
}
