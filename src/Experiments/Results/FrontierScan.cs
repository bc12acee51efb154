using Grid.Experiments.Frontier;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Experiments.Results;

/// <summary>
/// What is on the frontier of an experiment on one device class, found without holding all its points: for those who need nothing else, of
/// experiments of any size.
/// </summary>
/// <param name="Trials">Points of the trials whose configurations are on the frontier, one for each seed, and of the uncompressed ones; by number.</param>
/// <param name="Hypervolume">See <see cref="SweepFrontier.Hypervolume"/>.</param>
public sealed record FrontierScan(IReadOnlyList<Point> Trials, double? Hypervolume)
{
    /// <param name="device">One of the sweep's device classes.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static async Task<FrontierScan> Of(IExperimentStore store, string experiment, Sweep sweep, string device)
    {
        var (points, sieve) = (new ResultPoints(sweep), new FrontierSieve(sweep));
        await foreach (var page in ResultPages.Read(store, experiment, sweep, device).ConfigureAwait(false))
        {
            foreach (var (result, point) in page.Zip(points.Of(page)))
                sieve.Add(point, result.Trial.IsReference);
            sieve.Sift();
        }
        var frontier = sieve.Frontier;
        var configurations = frontier.Frontier.Select(point => point.Config).ToHashSet();
        return new FrontierScan(
            [.. sieve.Points.Where(p => configurations.Contains(p.Config)).UnionBy(sieve.References.Values, p => p.Trial).OrderBy(p => p.Trial)],
            frontier.Hypervolume);
    }
}
