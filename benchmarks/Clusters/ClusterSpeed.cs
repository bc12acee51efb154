namespace Grid.Benchmarks.Clusters;

/// <summary>
/// Sweeps on silos in processes of their own and a PostgreSQL database, named in GRID_STORE, which should be empty: trials a second when
/// stages do nothing, and how the throughput of stages that wait grows with the workers.
/// </summary>
internal static class ClusterSpeed
{
    private const double LeastRate = 1_000, LeastScaling = 0.95;
    private const int Workers = 8, SleepMilliseconds = 250, WarmUps = 3;

    /// <returns>0, or 1 when a limit is not kept.</returns>
    public static async Task<int> Run()
    {
        if (BenchmarkCluster.ReadStore() is not { } store)
            return 2;
        var rate = await Rate(store);
        Console.WriteLine($"stages that do nothing, {Workers} workers: {rate:0} trials a second (at least {LeastRate:0})");

        var (one, eight) = (await Seconds(store, 1), await Seconds(store, Workers));
        var scaling = one / eight;
        Console.WriteLine(
            $"stages of {SleepMilliseconds} ms: {one:0.0} s with 1 worker, {Workers} times the stages in {eight:0.0} s with {Workers}: "
            + $"{scaling:0.00} of {Workers} times the throughput (at least {LeastScaling})");
        return rate >= LeastRate && scaling >= LeastScaling ? 0 : 1;
    }

    /// <summary>
    /// Of processes that have run for a while: what one uses first it compiles first, and nine that begin at once on two processors do
    /// little else.
    /// </summary>
    private static async Task<double> Rate(string store)
    {
        await using var cluster = await BenchmarkCluster.Start(store, Workers, 0);
        var rate = 0.0;
        for (var i = 0; i <= WarmUps; i++)
        {
            var before = cluster.ProcessorTime;
            var (view, time) = await cluster.Run(100, 100);
            var after = cluster.ProcessorTime;
            rate = view.TrialsSucceeded / time.TotalSeconds;
            Console.WriteLine(
                $"  {(i < WarmUps ? "warming up" : "measured")}: {view.TrialsSucceeded} trials, {view.StagesComputed} stages in {time.TotalSeconds:0.0} s, "
                + $"{rate:0} trials a second, "
                + $"processor time a trial {(after.Control - before.Control).TotalMilliseconds / view.TrialsSucceeded:0.00} ms in the control silo, "
                + $"{(after.Workers - before.Workers).TotalMilliseconds / view.TrialsSucceeded:0.00} ms in the workers, control silo {cluster.ControlMemory / 1e6:0} MB");
        }
        return rate;
    }

    private static async Task<double> Seconds(string store, int workers)
    {
        await using var cluster = await BenchmarkCluster.Start(store, workers, SleepMilliseconds);
        return (await cluster.Run(8, 10 * workers)).Time.TotalSeconds;
    }
}
