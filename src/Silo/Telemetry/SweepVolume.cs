using Grid.Experiments.Results;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;

namespace Grid.Silo.Telemetry;

/// <summary>The hypervolume of a sweep that runs, from the trials of whose success its events tell. One reads; any thread may look.</summary>
/// <param name="run">Which run of the sweep it is.</param>
internal sealed class SweepVolume(IExperimentStore store, string id, Sweep sweep, object run)
{
    private const int Page = 5_000;

    private readonly RunningFrontier frontier = new(store, id, sweep);
    private long seen;
    private bool changed;
    private double value = double.NaN;

    public object Run => run;

    /// <summary>Null while there is none.</summary>
    public double? Value => Volatile.Read(ref value) is var known && double.IsNaN(known) ? null : known;

    /// <returns>Null when there is no such experiment.</returns>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    /// <exception cref="System.Text.Json.JsonException">Another version of Grid wrote the sweep.</exception>
    public static async Task<SweepVolume?> Find(IExperimentStore store, string id, object run) =>
        await store.FindExperiment(id) is { } row ? new SweepVolume(store, id, SweepJson.Read(row.Sweep), run) : null;

    /// <summary>Reads what is new; what could not be read is read the next time.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task Read()
    {
        for (var more = true; more;)
        {
            var events = await store.ReadEvents(id, seen, Page);
            more = events.Count == Page;
            if (events.Count > 0)
                seen = events[^1].Sequence;
            changed |= await frontier.Read(events.Select(EventKinds.Succeeded).OfType<int>());
        }
        if (!changed)
            return;
        Volatile.Write(ref value, frontier.Hypervolume ?? double.NaN);
        changed = false;
    }
}
