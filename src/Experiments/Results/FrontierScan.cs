using System.Text.Json;
using Grid.Experiments.Frontier;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Experiments.Results;

/// <summary>What is to be tested of an experiment, found without holding all its points: for experiments of any size.</summary>
public static class FrontierScan
{
    /// <param name="device">One of the sweep's device classes.</param>
    /// <param name="pageSize">Results read at once, at most.</param>
    /// <returns>See <see cref="ExperimentResults.ToTest"/>; by number.</returns>
    /// <exception cref="StoreException">The store cannot be read, or the experiment was written by another version of Grid.</exception>
    public static async Task<IReadOnlyList<Point>> ToTest(
        IExperimentStore store, string experiment, Sweep sweep, string device, int pageSize = ResultPages.Size)
    {
        var sieve = new FrontierSieve(sweep);
        try
        {
            await foreach (var page in ResultPages.Metrics(store, experiment, sweep, device, pageSize).ConfigureAwait(false))
                sieve.Add(page);
        }
        catch (JsonException e)
        {
            throw ExperimentResults.Unreadable(experiment, e);
        }
        // An uncompressed model that is dominated was let go of, and is looked at all the same.
        var known = sieve.Points.UnionBy(sieve.References.Values, point => point.Trial).OrderBy(point => point.Trial);
        return [.. ExperimentResults.TestedOf(known, sieve.Frontier, sieve.References)];
    }
}
