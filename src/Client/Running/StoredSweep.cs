using Grid.Client.Live;
using Grid.Client.Reading;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Client.Running;

/// <summary>A sweep that another process runs, seen through the store.</summary>
internal sealed class StoredSweep(Place home, ExperimentRow row) : ISweepSource
{
    private const int Page = 500;

    /// <summary>A larger plan takes longer to count than the number is worth.</summary>
    private const long LargestPlan = 20_000;

    private readonly long begun = TimeProvider.System.GetTimestamp();
    private readonly long? total = Total(SweepJson.Read(row.Sweep));
    private int? doneAtFirst;

    public async Task<LiveFrame> Look()
    {
        var now = await home.Find(row.Id);
        var trials = await home.Store.ListTrials(row.Id);
        var elapsed = TimeProvider.System.GetElapsedTime(begun);
        var done = trials.Count(t => t.Status != TrialStatus.Pending);
        doneAtFirst ??= done;
        return new LiveFrame
        {
            Id = row.Id,
            Status = now.Status,
            Elapsed = elapsed,
            TimeLeft = total is { } all && done > doneAtFirst ? elapsed * ((double)(all - done) / (done - doneAtFirst.Value)) : null,
            TrialsTotal = total,
            TrialsSucceeded = trials.Count(t => t.Status == TrialStatus.Succeeded),
            TrialsFailed = trials.Count(t => t.Status == TrialStatus.Failed),
        };
    }

    public Task<IReadOnlyList<EventRow>> Events(long after) => home.Store.ReadEvents(row.Id, after, Page);

    public string? Stopping => null;

    /// <summary>Nothing: who looks on does not end it.</summary>
    public Task<bool> Stop() => Task.FromResult(false);

    private static long? Total(Sweep sweep) =>
        (sweep.Strategy.Budget ?? new SearchSpace(sweep).Configurations) * sweep.Seeds.Count <= LargestPlan ? SweepPlan.Of(sweep).Trials : null;
}
