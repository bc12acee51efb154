using System.Collections;
using System.Text.Json;
using Grid.Experiments.Frontier;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Experiments.Results;

/// <summary>
/// The frontier of an experiment that runs, on the sweep's first device class. A result is not read again because somebody looks again, and only what may
/// be on the frontier is kept.
/// </summary>
public sealed class RunningFrontier(IExperimentStore store, string experiment, Sweep sweep)
{
    private readonly SortedSet<int> unread = [];
    private readonly BitArray read = new(0);
    private FrontierSieve sieve = new(sweep);
    private bool changed;

    /// <summary>See <see cref="SweepFrontier.Hypervolume"/>.</summary>
    public double? Hypervolume => sieve.Frontier.Hypervolume;

    /// <summary>
    /// Reads the results of trials that have succeeded, and those that could not be read before: where the store failed, or the measurement is being
    /// made anew.
    /// </summary>
    /// <returns>Whether any was read since the last answer.</returns>
    /// <exception cref="StoreException">The store cannot be read, or the experiment was written by another version of Grid.</exception>
    public async Task<bool> Read(IEnumerable<int> succeeded)
    {
        foreach (var number in succeeded)
            Await(number);
        try
        {
            foreach (var (first, last) in Ranges())
            {
                var page = await store.ListMetrics(experiment, after: first - 1, max: last - first + 1).ConfigureAwait(false);
                sieve.Add(page.Where(trial => unread.Contains(trial.Number)));
                foreach (var trial in page.Where(trial => unread.Remove(trial.Number)))
                    changed = read[trial.Number] = true;
            }
        }
        catch (JsonException e)
        {
            throw ExperimentResults.Unreadable(experiment, e);
        }
        var answer = changed;
        changed = false;
        return answer;
    }

    private void Await(int number)
    {
        if (number >= read.Length)
            read.Length = Math.Max(number + 1, 2 * read.Length);
        if (read[number])
        {
            // It failed in between, and is another now. What was let go of beside it may have been so for its sake.
            unread.UnionWith(Enumerable.Range(0, read.Length).Where(known => read[known]));
            read.SetAll(false);
            sieve = new(sweep);
        }
        unread.Add(number);
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
