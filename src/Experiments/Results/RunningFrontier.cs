using System.Text.Json;
using Grid.Experiments.Frontier;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Experiments.Results;

/// <summary>
/// The frontier of an experiment that runs, on the sweep's first device class. Each result is read once, however often somebody looks, and only what may
/// be on the frontier is kept.
/// </summary>
public sealed class RunningFrontier(IExperimentStore store, string experiment, Sweep sweep)
{
    private readonly FrontierSieve sieve = new(sweep);
    private readonly SortedSet<int> unread = [];

    /// <summary>See <see cref="SweepFrontier.Hypervolume"/>.</summary>
    public double? Hypervolume => sieve.Frontier.Hypervolume;

    /// <summary>
    /// Reads the results of trials that have succeeded, and those that could not be read before: where the store failed, or the measurement is being
    /// made anew.
    /// </summary>
    /// <returns>Whether there was any.</returns>
    /// <exception cref="StoreException">The store cannot be read, or the experiment was written by another version of Grid.</exception>
    public async Task<bool> Read(IEnumerable<int> succeeded)
    {
        unread.UnionWith(succeeded);
        var before = unread.Count;
        try
        {
            foreach (var (first, last) in Ranges())
            {
                var page = await store.ListMetrics(experiment, after: first - 1, max: last - first + 1).ConfigureAwait(false);
                sieve.Add(page.Where(trial => unread.Contains(trial.Number)));
                unread.ExceptWith(page.Select(trial => trial.Number));
            }
        }
        catch (JsonException e)
        {
            throw ExperimentResults.Unreadable(experiment, e);
        }
        return unread.Count < before;
    }

    /// <summary>Where what is unread stands: ranges of which at least half is unread, so that neither queries nor what is read in vain are many.</summary>
    private List<(int First, int Last)> Ranges()
    {
        var ranges = new List<(int First, int Last)>();
        var inLast = 0;
        foreach (var number in unread)
        {
            var size = ranges.Count == 0 ? 0 : number - ranges[^1].First + 1;
            if (size > 0 && size <= 2 * (inLast + 1) && size <= ResultPages.Size)
                ranges[^1] = (ranges[^1].First, number);
            else
            {
                ranges.Add((number, number));
                inLast = 0;
            }
            inLast++;
        }
        return ranges;
    }
}
