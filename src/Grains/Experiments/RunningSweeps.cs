using System.Collections.Concurrent;

namespace Grid.Grains.Experiments;

/// <summary>The experiments whose grains run in this process, for its gauges. Thread-safe.</summary>
public sealed class RunningSweeps
{
    private readonly ConcurrentDictionary<string, Func<SweepCounts>> running = [];

    public IEnumerable<HostedSweep> All => running.Select(r => new HostedSweep(r.Key, r.Value, r.Value()));

    /// <summary>Until the answer is disposed of.</summary>
    internal IDisposable Add(string id, Func<SweepCounts> counts)
    {
        running[id] = counts;
        return new Entry(running, new(id, counts));
    }

    private sealed class Entry(ConcurrentDictionary<string, Func<SweepCounts>> running, KeyValuePair<string, Func<SweepCounts>> entry) : IDisposable
    {
        public void Dispose() => running.TryRemove(entry);
    }
}

/// <param name="Run">Another object each time that it is begun.</param>
public readonly record struct HostedSweep(string Id, object Run, SweepCounts Counts);

/// <summary>Counted since the sweep was last begun.</summary>
public readonly record struct SweepCounts(int Succeeded, int Failed, int Computed, int Reused);
