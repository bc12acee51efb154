using Grid.Client.Live;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;
using Grid.Silo.Hosting;

namespace Grid.Client.Running;

/// <summary>A sweep that this process runs.</summary>
internal sealed class EmbeddedSweep(EmbeddedGrid grid, string id) : ISweepSource
{
    private const int Page = 500;
    private readonly IExperimentGrain experiment = grid.Experiment(id);
    private readonly long begun = TimeProvider.System.GetTimestamp();

    /// <summary>How it stands in the grid's own words.</summary>
    public Task<ExperimentView> View() => experiment.View();

    public async Task<LiveFrame> Look()
    {
        var view = await experiment.View();
        var pools = view.Status == ExperimentStatus.Running ? await grid.Pools() : [];
        return new LiveFrame
        {
            Id = id,
            Status = view.Status,
            Elapsed = TimeProvider.System.GetElapsedTime(begun),
            TimeLeft = view.TimeLeft,
            TrialsTotal = view.TrialsTotal,
            TrialsSucceeded = view.TrialsSucceeded,
            TrialsFailed = view.TrialsFailed,
            Stages = new StageTally(view.StagesTotal, view.StagesComputed, view.StagesReused, view.StagesFailed),
            Slots = [.. pools.SelectMany(p => p.Running).Where(r => r.Text.Length > 0).OrderBy(r => r.Since).Select(Line)],
        };
    }

    public async Task<IReadOnlyList<EventRow>> Events(long after) => await grid.Store.ReadEvents(id, after, Page);

    public string Stopping => "Stopping: what is finished is kept. Press Ctrl-C again to leave at once.";

    public async Task<bool> Stop()
    {
        await experiment.Interrupt();
        return true;
    }

    private static SlotLine Line(RunningStage stage) => new(
        stage.Kind.ToString().ToLowerInvariant(),
        string.Join(' ', stage.Settings.Select(s => $"{s.Key}={s.Value}")),
        stage.Fraction,
        stage.Text,
        TimeProvider.System.GetUtcNow() - stage.Since);
}
