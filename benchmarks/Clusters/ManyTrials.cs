using System.Diagnostics;
using Grid.Experiments.Results;

namespace Grid.Benchmarks.Clusters;

/// <summary>
/// A sweep of very many trials whose stages do nothing, on the PostgreSQL database that GRID_STORE names: the cost of a trial and the
/// memory of the control silo as it goes on, then what it takes to read the frontier.
/// </summary>
internal static class ManyTrials
{
    private const int Workers = 2, Rates = 1_000, Parts = 10;
    private const double MostGrowth = 1.5;

    /// <returns>0, or 1 when a trial cost more in the end than at the beginning.</returns>
    public static async Task<int> Run(int trials)
    {
        if (BenchmarkCluster.ReadStore() is not { } store)
            return 2;
        await using var cluster = await BenchmarkCluster.Start(store, Workers, 0);
        await cluster.Run(100, 100);
        Console.WriteLine($"after warming up: control silo {cluster.ControlMemory / 1e6:0} MB");
        var (part, mark, costs) = (trials / Parts, Stopwatch.StartNew(), new List<double>());
        var (view, time) = await cluster.Run(trials / Rates, Rates, seen =>
        {
            if (seen.TrialsSucceeded < part * (costs.Count + 1))
                return;
            costs.Add(mark.Elapsed.TotalMicroseconds / part);
            mark.Restart();
            Console.WriteLine($"{seen.TrialsSucceeded,8} trials: {costs[^1]:0} us a trial, control silo {cluster.ControlMemory / 1e6:0} MB at most");
        });
        Console.WriteLine(
            $"{view.TrialsSucceeded} trials, {view.StagesComputed} stages in {time.TotalSeconds:0} s; control silo {cluster.ControlMemory / 1e6:0} MB at most");

        mark.Restart();
        var rows = await cluster.Store.ListExperiments();
        Console.WriteLine($"list: {mark.Elapsed.TotalMilliseconds:0} ms");
        mark.Restart();
        var results = await ExperimentResults.Load(cluster.Store, rows.Single(r => r.Id == view.Id));
        Console.WriteLine(
            $"frontier of {results.Points.Count} points: {results.Frontier.Frontier.Count} on it, {mark.Elapsed.TotalSeconds:0.0} s, "
            + $"{Environment.WorkingSet / 1e6:0} MB resident in the reader");

        var growth = costs[^1] / costs[1];
        Console.WriteLine($"cost of a trial in the last tenth over that in the second: {growth:0.00} (at most {MostGrowth})");
        return growth <= MostGrowth ? 0 : 1;
    }
}
