using Grid.Client.Drawing;
using Grid.Client.Live;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains;
using Grid.Grains.Contracts;
using Grid.Silo.Hosting;

namespace Grid.Client.Running;

/// <summary>A sweep on a grid.</summary>
/// <param name="ours">Whether this process is the grid: who stops following the sweep then stops it. A cluster goes on without us.</param>
internal sealed class RunningSweep(IGrid grid, ExperimentRow row, bool ours) : ISweepSource
{
    private const int Page = 500;
    private readonly IExperimentGrain experiment = grid.Grains.Experiment(row.Id);
    private readonly IReadOnlyList<string> pools = SweepJson.Read(row.Sweep).Pools;
    private readonly long begun = TimeProvider.System.GetTimestamp();
    private LiveFrame? last;

    /// <summary>Why it stopped, when not by the user; as it was when it was last looked at.</summary>
    public string? Problem { get; private set; }

    public async Task<LiveFrame> Look()
    {
        try
        {
            return last = await Ask();
        }
        catch (Exception e) when (!ours && Patience.IsPassing(e))
        {
            // The silo that hosted it may have died: another takes over within seconds.
            last ??= new LiveFrame { Id = row.Id, Status = ExperimentStatus.Running, Elapsed = TimeSpan.Zero };
            return last with { Elapsed = TimeProvider.System.GetElapsedTime(begun), Notice = "No silo answers; trying again. What is finished is kept." };
        }
    }

    public async Task<IReadOnlyList<EventRow>> Events(long after) => await grid.Store.ReadEvents(row.Id, after, Page);

    public string? Stopping => ours ? "Stopping: what is finished is kept. Press Ctrl-C again to leave at once." : null;

    public async Task<bool> Stop()
    {
        if (ours)
            await experiment.Interrupt();
        return ours;
    }

    private async Task<LiveFrame> Ask()
    {
        var view = await experiment.View();
        Problem = view.Problem;
        var pools = view.Status == ExperimentStatus.Running ? await grid.Pools(this.pools) : [];
        return new LiveFrame
        {
            Id = row.Id,
            Status = view.Status,
            Elapsed = TimeProvider.System.GetElapsedTime(begun),
            TimeLeft = view.TimeLeft,
            TrialsTotal = view.TrialsTotal,
            TrialsSucceeded = view.TrialsSucceeded,
            TrialsFailed = view.TrialsFailed,
            Stages = new StageTally(view.StagesTotal, view.StagesComputed, view.StagesReused, view.StagesFailed),
            Testing = view.Testing,
            Slots = [.. pools.SelectMany(p => p.Running).Where(r => r.Text.Length > 0).OrderBy(r => r.Since).Select(Line)],
            Notice = view.Pausing ? $"Pausing: {Ending(pools)}"
                : view is { Status: ExperimentStatus.Running, Spending.EndedBy: SweepBudget.EnergyName or SweepBudget.TimeName }
                    ? $"The budget of {view.Spending.EndedBy} is used up: {Ending(pools)}"
                : Unserved(pools.Where(p => this.pools.Contains(p.Pool))),
            Limit = ShareText.Limited(row.Id, pools),
        };
    }

    private static string Ending(IReadOnlyList<PoolView> pools) => pools.Sum(p => p.Running.Count(r => r.Text.Length > 0)) switch
    {
        0 => "nothing runs any more.",
        1 => "the stage that runs ends first.",
        var running => $"{running} stages that run end first.",
    };

    private static string? Unserved(IEnumerable<PoolView> pools)
    {
        var waiting = pools.Where(p => p is { Pending: > 0, Workers: 0 }).Select(p => $"{Counted.Of(p.Pending, "stage")} wait{(p.Pending == 1 ? "s" : "")} for a silo that serves {p.Pool}").ToList();
        return waiting.Count > 0 ? $"{string.Join("; ", waiting)}. See: grid silos" : null;
    }

    private static SlotLine Line(RunningStage stage) => new(
        stage.Kind.ToString().ToLowerInvariant(),
        string.Join(' ', stage.Settings.Select(s => $"{s.Key}={s.Value}")),
        stage.Fraction,
        stage.Text,
        TimeProvider.System.GetUtcNow() - stage.Since);
}
