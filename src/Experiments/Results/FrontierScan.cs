using System.Text.Json;
using Grid.Experiments.Frontier;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Experiments.Results;

/// <summary>
/// What is on the frontier of an experiment on one device class, found without holding all its points: for those who need nothing else, of
/// experiments of any size.
/// </summary>
/// <param name="Trials">See <see cref="ExperimentResults.ToTest"/>; by number.</param>
/// <param name="Hypervolume">See <see cref="SweepFrontier.Hypervolume"/>.</param>
public sealed record FrontierScan(IReadOnlyList<Point> Trials, double? Hypervolume)
{
    /// <param name="device">One of the sweep's device classes.</param>
    /// <param name="pageSize">Results read at once, at most.</param>
    /// <exception cref="StoreException">The store cannot be read, or the experiment was written by another version of Grid.</exception>
    public static async Task<FrontierScan> Of(
        IExperimentStore store, string experiment, Sweep sweep, string device, int pageSize = ResultPages.Size)
    {
        var (points, sieve) = (new ResultPoints(sweep), new FrontierSieve(sweep));
        try
        {
            await foreach (var page in ResultPages.Read(store, experiment, sweep, device, pageSize).ConfigureAwait(false))
            {
                foreach (var (result, point) in page.Zip(points.Of(page)))
                    sieve.Add(point, result.Trial.IsReference);
                sieve.Sift();
            }
        }
        catch (JsonException e)
        {
            throw ExperimentResults.Unreadable(experiment, e);
        }
        // An uncompressed model that is dominated was let go of, and is looked at all the same.
        var known = sieve.Points.UnionBy(sieve.References.Values, point => point.Trial).OrderBy(point => point.Trial);
        var frontier = sieve.Frontier;
        return new FrontierScan([.. ExperimentResults.TestedOf(known, frontier, sieve.References)], frontier.Hypervolume);
    }
}
