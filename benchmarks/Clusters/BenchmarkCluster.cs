using System.Diagnostics;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains;
using Grid.Grains.Contracts;
using Grid.Silo.Hosting;
using Grid.Silo.Settings;
using Grid.Tests;

namespace Grid.Benchmarks.Clusters;

/// <summary>A control silo and workers in processes of their own, and a client: a cluster on this machine whose stages take a given time.</summary>
internal sealed class BenchmarkCluster : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly Patience patience = new(TimeProvider.System);
    private readonly SiloProcesses silos;
    private readonly ClusterStore store;

    private BenchmarkCluster(SiloProcesses silos) => (this.silos, store) = (silos, silos.Open());

    public IExperimentStore Store => store.Experiments;

    public ClusterClient Client { get; private set; } = null!;

    /// <summary>The most memory, in bytes, that the control silo has taken.</summary>
    public long ControlMemory => silos.PeakMemory(Control);

    /// <summary>Processor time used so far by the control silo, and by all workers.</summary>
    public (TimeSpan Control, TimeSpan Workers) ProcessorTime => (
        silos.ProcessorTime(Control),
        TimeSpan.FromTicks(silos.Names.Where(n => n != Control).Sum(n => silos.ProcessorTime(n).Ticks)));

    private const string Control = "control";

    /// <summary>The database that GRID_STORE names; null, with a word about it, when it names none.</summary>
    public static string? ReadStore()
    {
        if (Environment.GetEnvironmentVariable(SiloSetting.Store.Variable) is { Length: > 0 } connection)
            return connection;
        Console.Error.WriteLine($"Set {SiloSetting.Store.Variable} to an empty database: \"Host=...;Database=...;Username=...\".");
        return null;
    }

    /// <summary>Answers when all silos are there.</summary>
    public static async Task<BenchmarkCluster> Start(string connection, int workers, int milliseconds)
    {
        var silos = new SiloProcesses(connection);
        silos.Start(Control, "control", 1, milliseconds);
        for (var i = 1; i <= workers; i++)
            silos.Start($"worker-{i}", "train,measure", 2, milliseconds);
        var cluster = new BenchmarkCluster(silos);
        await cluster.Connect(new ClusterAccess(connection, silos.ClusterId));
        while ((await cluster.Ask(() => cluster.Client.Cluster.Silos())).Count <= workers)
            await Task.Delay(Tick);
        return cluster;
    }

    /// <summary>Runs a sweep of ratios x rates trials that shares no stage with any before.</summary>
    /// <param name="seen">Told many times a second how far it is.</param>
    /// <returns>How it ended, and the time from its submission to its end.</returns>
    /// <exception cref="InvalidOperationException">It came to no end, or a trial failed.</exception>
    public async Task<(ExperimentView View, TimeSpan Time)> Run(int ratios, int rates, Action<ExperimentView>? seen = null)
    {
        var sweep = AnySweep.Of(silos.ClusterId, ratios, rates) with { Seeds = [Stopwatch.GetTimestamp()] };
        var id = ExperimentId.Of(sweep);
        await store.Experiments.AddExperiment(
            new ExperimentRow(id, sweep.Name, SweepJson.Write(sweep), ExperimentStatus.Interrupted, false, DateTimeOffset.UtcNow, null));
        var watch = Stopwatch.StartNew();
        await Ask(async () =>
        {
            await Client.Grains.Experiment(id).Start(retryFailed: false);
            return true;
        });
        using var timer = new PeriodicTimer(Tick);
        while (await timer.WaitForNextTickAsync())
        {
            var view = await Ask(() => Client.Grains.Experiment(id).View());
            seen?.Invoke(view);
            if (view.Status != ExperimentStatus.Running)
                return view is { Problem: null, TrialsFailed: 0 } ? (view, watch.Elapsed) : throw new InvalidOperationException(view.Problem);
        }
        throw new UnreachableException();
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await store.Experiments.DisposeAsync();
        silos.Dispose();
    }

    private async Task Connect(ClusterAccess access) => Client = await Ask(async () =>
    {
        try
        {
            return await ClusterClient.Connect(access, store.Experiments, store.Artifacts, CancellationToken.None);
        }
        catch (ClusterUnreachableException e)
        {
            throw new TimeoutException(e.Message, e);
        }
    });

    private Task<T> Ask<T>(Func<Task<T>> call) => patience.Try(call, CancellationToken.None);
}
