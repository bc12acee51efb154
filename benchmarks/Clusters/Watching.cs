using Grid.Experiments.Results;
using Grid.Grains.Contracts;
using Grid.Silo.Hosting;

namespace Grid.Benchmarks.Clusters;

/// <summary>
/// A sweep on a cluster, see <see cref="BenchmarkCluster"/>, while nobody watches it and while fifty do, in turn. A watcher asks what
/// <c>grid watch</c> asks, as often: the view and the pools four times a second, the events, and the results for at most a tenth of the time.
/// </summary>
internal static class Watching
{
    private const int Workers = 4, Milliseconds = 100, Watchers = 50, Rounds = 3, Ratios = 8, Rates = 40;
    private const double LeastShare = 0.98;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250), Rest = TimeSpan.FromSeconds(1);

    /// <returns>0, or 1 when the watched sweeps were slower by more than the limit.</returns>
    public static async Task<int> Run()
    {
        if (BenchmarkCluster.ReadStore() is not { } store)
            return 2;
        await using var cluster = await BenchmarkCluster.Start(store, Workers, Milliseconds);
        var (alone, watched) = (0.0, 0.0);
        for (var round = 0; round <= Rounds; round++)
        {
            var before = await Seconds(cluster, 0);
            var after = await Seconds(cluster, Watchers);
            Console.WriteLine($"  {(round == 0 ? "warming up: " : "")}{before:0.00} s, watched by {Watchers} {after:0.00} s");
            if (round > 0)
                (alone, watched) = (alone + before, watched + after);
        }
        var share = alone / watched;
        Console.WriteLine($"throughput with {Watchers} watchers over that with none: {share:0.000} (at least {LeastShare})");
        return share >= LeastShare ? 0 : 1;
    }

    private static async Task<double> Seconds(BenchmarkCluster cluster, int watchers)
    {
        using var end = new CancellationTokenSource();
        var watching = new List<Task>();
        var (_, time) = await cluster.Run(Ratios, Rates, view =>
        {
            if (watching.Count == 0)
                watching.AddRange(Enumerable.Range(0, watchers).Select(_ => Task.Run(() => Watch(cluster.Client, view.Id, end.Token))));
        });
        await end.CancelAsync();
        await Task.WhenAll(watching);
        return time.TotalSeconds;
    }

    private static async Task Watch(ClusterClient client, string id, CancellationToken end)
    {
        var row = (await client.Store.FindExperiment(id))!;
        var (seen, readAgain) = (0L, TimeProvider.System.GetTimestamp());
        while (!end.IsCancellationRequested)
        {
            await client.Grains.Experiment(id).View();
            await client.Pools();
            while (await client.Store.ReadEvents(id, seen, 500) is { Count: > 0 } page)
                seen = page[^1].Sequence;
            if (TimeProvider.System.GetTimestamp() >= readAgain)
            {
                var begun = TimeProvider.System.GetTimestamp();
                await ExperimentResults.Load(client.Store, row);
                var rest = TimeProvider.System.GetElapsedTime(begun) * 10;
                readAgain = TimeProvider.System.GetTimestamp() + (long)((rest > Rest ? rest : Rest).TotalSeconds * TimeProvider.System.TimestampFrequency);
            }
            await Task.Delay(Tick, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
