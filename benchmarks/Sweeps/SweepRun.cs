using System.Diagnostics;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;
using Grid.Silo.Hosting;
using Grid.Silo.Slots;
using Grid.Silo.Telemetry;

namespace Grid.Benchmarks.Sweeps;

/// <summary>What sweeps took that ran side by side on one grid.</summary>
/// <param name="Views">How each ended, in the order given.</param>
/// <param name="Time">From the start of the first to the end of the last.</param>
internal sealed record SweepRun(IReadOnlyList<ExperimentView> Views, TimeSpan Time)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    /// <summary>Starts sweeps at once on an embedded grid whose home folder is fresh, and removes it after their end.</summary>
    /// <param name="read">Reads the store, or the home folder, after the end, outside the time.</param>
    /// <param name="telemetry">What is told of it; nothing unless told.</param>
    /// <exception cref="InvalidOperationException">One of them came to no end, or a trial failed.</exception>
    public static async Task<SweepRun> Of(
        IReadOnlyList<Sweep> sweeps, SlotOptions options, Func<IExperimentStore, string, Task>? read = null, TelemetrySettings? telemetry = null)
    {
        var folder = Directory.CreateTempSubdirectory("grid-benchmark-");
        try
        {
            await using var grid = await EmbeddedGrid.Start(HomeFolder.Open(folder.FullName), options, telemetry: telemetry);
            foreach (var sweep in sweeps)
                await grid.Store.AddExperiment(new ExperimentRow(
                    ExperimentId.Of(sweep), sweep.Name, SweepJson.Write(sweep), ExperimentStatus.Running, false, DateTimeOffset.UtcNow, null));
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(sweeps.Select(sweep => grid.Grains.Experiment(ExperimentId.Of(sweep)).Start(retryFailed: false)));
            var views = await Task.WhenAll(sweeps.Select(sweep => End(grid.Grains.Experiment(ExperimentId.Of(sweep)))));
            var run = new SweepRun(views, watch.Elapsed);
            if (read is not null)
                await read(grid.Store, folder.FullName);
            return run;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<ExperimentView> End(IExperimentGrain experiment)
    {
        using var timer = new PeriodicTimer(Tick);
        while (await timer.WaitForNextTickAsync())
            if (await experiment.View() is { Status: not ExperimentStatus.Running } view)
                return view is { Problem: null, TrialsFailed: 0 }
                    ? view
                    : throw new InvalidOperationException($"{view.Id}: {view.Problem ?? $"{view.TrialsFailed} trials failed."}");
        throw new UnreachableException();
    }
}
