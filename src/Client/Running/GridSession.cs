using Grid.Client.Commands;
using Grid.Experiments.Datasets;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Files;
using Grid.Silo.Hosting;
using Grid.Silo.Runners;
using Grid.Silo.Slots;

namespace Grid.Client.Running;

/// <summary>A grid embedded in this process for the length of one command.</summary>
internal sealed class GridSession : IAsyncDisposable
{
    private readonly Invocation call;

    private GridSession(Invocation call, HomeFolder home, EmbeddedGrid grid) => (this.call, Home, Grid) = (call, home, grid);

    public HomeFolder Home { get; }
    public EmbeddedGrid Grid { get; }

    /// <exception cref="StoreException">The home folder cannot be used.</exception>
    /// <exception cref="RunnerNotFoundException">The program that computes stages is not there.</exception>
    public static async Task<GridSession> Start(Invocation call)
    {
        var runner = new RunnerOptions { Executable = call.FindRunner() };
        var home = HomeFolder.Open(call.Home);
        var grid = await EmbeddedGrid.Start(
            home, new SlotOptions { Slots = call.Slots, Executor = () => new RunnerProcess(runner) }, telemetry: call.Telemetry);
        var session = new GridSession(call, home, grid);
        // No other process computes in this home, so whoever left these behind was killed.
        foreach (var left in (await grid.Store.ListExperiments()).Where(e => e.Status == ExperimentStatus.Running))
            await grid.Store.SetStatus(left.Id, ExperimentStatus.Interrupted, left.FinishedAt);
        return session;
    }

    /// <summary>Puts the sweep of a file into the home folder, unless it is there.</summary>
    public Task<ExperimentRow> Add(SweepReading reading, ShareOptions share) => Submission.Add(call, Grid, Home.FullPath, reading, share);

    /// <summary>Refuses a sweep whose pools this process does not serve: it would wait for them for ever.</summary>
    /// <exception cref="UserException">It asks for a cluster.</exception>
    public static void MustServe(Sweep sweep)
    {
        var missing = sweep.Pools.Except(RunOn.Default.Pools).ToList();
        if (missing.Count == 0)
            return;
        var silos = sweep.Devices.Where(d => d != PoolNames.LocalDevice).Select(d => $"--role measure --device-class {d}");
        if (sweep.Accelerator != PoolNames.Cpu)
            silos = silos.Prepend($"--role train --accelerator {sweep.Accelerator}");
        throw new UserException(
            $"{sweep.Name} asks in run-on for {string.Join(" and ", missing)}, which this process does not serve: by itself it serves "
            + $"{string.Join(" and ", RunOn.Default.Pools)}. On a cluster, start {string.Join(", and ", silos.Select(s => $"a silo with {s}"))}, and name the cluster "
            + "with --cluster NAME. Or take run-on out of the sweep.");
    }

    /// <summary>
    /// Fetches and checks the sweep's data before anything is computed: a file of this machine that is damaged is told at once, and not
    /// recorded as a failure of every trial, which would outlast its repair.
    /// </summary>
    /// <exception cref="DatasetException">It cannot be had, or a file of it is damaged.</exception>
    public static async Task Fetch(Invocation call, Sweep sweep)
    {
        var store = DatasetStore.FromEnvironment();
        await Download.Fetch(store, sweep.Data.Name, call);
        store.Verify(sweep.Data.Name);
    }

    public ValueTask DisposeAsync() => Grid.DisposeAsync();
}
