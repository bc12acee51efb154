using System.Diagnostics;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains;
using Grid.Grains.Contracts;
using Grid.Silo.Hosting;
using Grid.Silo.Settings;
using Grid.Tests;

namespace Grid.Benchmarks.Clusters;

/// <summary>
/// Sweeps on silos in processes of their own and a PostgreSQL database, named in GRID_STORE, which should be empty: trials a second when stages do
/// nothing, and how the throughput of stages that wait grows with the workers.
/// </summary>
internal static class ClusterSweeps
{
    private const double LeastRate = 1_000, LeastScaling = 0.95;
    private const int Workers = 8, SleepMilliseconds = 250;

    /// <returns>0, or 1 when a limit is not kept.</returns>
    public static async Task<int> Run()
    {
        if (Environment.GetEnvironmentVariable(SiloSetting.Store.Variable) is not { Length: > 0 } store)
        {
            Console.Error.WriteLine($"Set {SiloSetting.Store.Variable} to an empty database: \"Host=...;Database=...;Username=...\".");
            return 2;
        }
        var (time, trials) = await Timed(store, Workers, 0, 100, 100);
        var rate = trials / time.TotalSeconds;
        Console.WriteLine($"stages that do nothing, {Workers} workers: {trials} trials in {time.TotalSeconds:0.0} s, {rate:0} a second (at least {LeastRate:0})");

        var (one, _) = await Timed(store, 1, SleepMilliseconds, 8, 10);
        var (eight, _) = await Timed(store, Workers, SleepMilliseconds, 8, 10 * Workers);
        var scaling = one / eight;
        Console.WriteLine(
            $"stages of {SleepMilliseconds} ms: {one.TotalSeconds:0.0} s with 1 worker, {Workers} times the stages in {eight.TotalSeconds:0.0} s with {Workers}: "
            + $"{scaling:0.00} of {Workers} times the throughput (at least {LeastScaling})");
        return rate >= LeastRate && scaling >= LeastScaling ? 0 : 1;
    }

    /// <summary>The time of a sweep of ratios x rates trials, from its submission to its end.</summary>
    private static async Task<(TimeSpan Time, int Trials)> Timed(string store, int workers, int milliseconds, int ratios, int rates)
    {
        using var silos = new SiloProcesses(store);
        silos.Start("control", "control", 1, milliseconds);
        for (var i = 1; i <= workers; i++)
            silos.Start($"worker-{i}", "train,measure", 2, milliseconds);
        var cluster = silos.Open();
        await using var experiments = cluster.Experiments;
        await using var client = await Connect(new ClusterAccess(store, silos.ClusterId), cluster);
        while ((await client.Cluster.Silos()).Count <= workers)
            await Task.Delay(100);

        var sweep = AnySweep.Of($"{silos.ClusterId}-{workers}", ratios, rates) with { Seeds = [Stopwatch.GetTimestamp()] };
        var id = ExperimentId.Of(sweep);
        await experiments.AddExperiment(
            new ExperimentRow(id, sweep.Name, SweepJson.Write(sweep), ExperimentStatus.Interrupted, false, DateTimeOffset.UtcNow, null));
        var watch = Stopwatch.StartNew();
        await client.Grains.Experiment(id).Start(retryFailed: false);
        while (true)
        {
            var view = await client.Grains.Experiment(id).View();
            if (view.Status != ExperimentStatus.Running)
            {
                Console.WriteLine($"  {view.TrialsSucceeded} trials, {view.StagesComputed} stages, most memory of a silo {silos.MostMemory / 1e6:0} MB");
                return view is { Problem: null, TrialsFailed: 0 } ? (watch.Elapsed, view.TrialsSucceeded) : throw new InvalidOperationException(view.Problem);
            }
            await Task.Delay(50);
        }
    }

    private static async Task<ClusterClient> Connect(ClusterAccess access, ClusterStore store)
    {
        ClusterClient? client = null;
        await new Patience(TimeProvider.System).Try(
            async () =>
            {
                try
                {
                    client = await ClusterClient.Connect(access, store.Experiments, store.Artifacts, CancellationToken.None);
                }
                catch (ClusterUnreachableException e)
                {
                    throw new TimeoutException(e.Message, e);
                }
            },
            CancellationToken.None);
        return client!;
    }
}
