using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;
using Grid.Silo.Hosting;
using Grid.Silo.Runners;
using Grid.Silo.Slots;
using Grid.Tests;

namespace Grid.Silo.Tests.Hosting;

/// <summary>An embedded grid in a fresh home folder, whose slots carry out what a test scripted.</summary>
internal sealed class TestGrid : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Func<IStageExecutor> executor;
    private EmbeddedGrid? grid;

    public TestGrid(Func<IStageExecutor> executor) => this.executor = executor;

    public TestGrid(ScriptedExecutor script)
        : this(() => script)
    {
    }

    public string Home => folder.File("home");

    public EmbeddedGrid Grid => grid!;

    public IExperimentStore Store => Grid.Store;

    /// <param name="time">The clock of everything in the grid; the real one unless told.</param>
    /// <param name="computingPhase">How long slots go on computing while a measurement waits; short unless told.</param>
    public async Task<TestGrid> Start(int slots = 2, TimeProvider? time = null, TimeSpan? computingPhase = null)
    {
        grid = await EmbeddedGrid.Start(
            HomeFolder.Open(Home), new SlotOptions { Slots = slots, Executor = executor, ComputingPhase = computingPhase ?? TimeSpan.FromMilliseconds(50) },
            time);
        return this;
    }

    public async Task Stop()
    {
        await grid!.DisposeAsync();
        grid = null;
    }

    /// <summary>Adds the experiment and starts it.</summary>
    /// <param name="share">Of the pools; the usual one unless told.</param>
    public async Task<IExperimentGrain> Begin(Sweep sweep, bool retryFailed = false, PoolShare? share = null)
    {
        var id = ExperimentId.Of(sweep);
        await Store.AddExperiment(
            new ExperimentRow(id, sweep.Name, SweepJson.Write(sweep), ExperimentStatus.Running, false, DateTimeOffset.UtcNow, null)
            {
                Share = share ?? PoolShare.Usual,
            });
        var experiment = Grid.Grains.Experiment(id);
        await experiment.Start(retryFailed);
        return experiment;
    }

    /// <summary>Takes the sweep to its end and answers how it then stands.</summary>
    public async Task<ExperimentView> Run(Sweep sweep, bool retryFailed = false) => await Ended(await Begin(sweep, retryFailed));

    public static Task<ExperimentView> Ended(IExperimentGrain experiment) => Until(experiment, view => view.Status != ExperimentStatus.Running);

    /// <summary>Waits for events until the view is as wanted.</summary>
    public static async Task<ExperimentView> Until(IExperimentGrain experiment, Func<ExperimentView, bool> wanted)
    {
        var patience = TestContext.Current.CancellationToken;
        var after = 0L;
        while (true)
        {
            patience.ThrowIfCancellationRequested();
            var view = await experiment.View();
            if (wanted(view))
                return view;
            var events = await experiment.Events(after, TimeSpan.FromMilliseconds(200));
            after = events.Count == 0 ? after : events[^1].Sequence;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (grid is not null)
            await grid.DisposeAsync();
        folder.Dispose();
    }
}
