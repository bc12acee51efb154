using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Sweeps.Space;
using Grid.Grains.Contracts;

namespace Grid.Grains.Experiments;

/// <summary>
/// Estimates the time left: the stages to come, each as long as its kind took on average, at the parallelism seen so far.
/// </summary>
internal sealed class TimeLeft(TimeProvider time)
{
    /// <summary>A larger plan takes longer to count than an estimate is worth.</summary>
    private const long LargestPlan = 20_000;

    private readonly Dictionary<StageKind, int> left = [];
    private readonly Dictionary<StageKind, (int Count, double Seconds)> computed = [];
    private long begun;
    private double seconds;

    /// <summary>Distinct stages of the plan, tests not among them; 0 when it is too large to count.</summary>
    public int Planned { get; private set; }

    public void Begin(Sweep sweep)
    {
        begun = time.GetTimestamp();
        if ((sweep.Strategy.Budget ?? new SearchSpace(sweep).Configurations) * sweep.Seeds.Count <= LargestPlan)
            foreach (var (kind, count) in SweepPlan.Of(sweep).DistinctStages)
                left[kind] = count;
        Planned = left.Values.Sum();
    }

    public void Ended(StageKind kind, StageEnd end)
    {
        if (left.TryGetValue(kind, out var count) && count > 0)
            left[kind] = count - 1;
        if (end.Ending != StageEnding.Computed)
            return;
        seconds += end.Seconds;
        var (known, sum) = computed.GetValueOrDefault(kind);
        computed[kind] = (known + 1, sum + end.Seconds);
    }

    /// <summary>Null as long as a kind to come was never seen.</summary>
    public TimeSpan? Estimate()
    {
        var elapsed = time.GetElapsedTime(begun).TotalSeconds;
        if (left.Count == 0 || seconds <= 0 || elapsed <= 0 || left.Any(l => l.Value > 0 && !computed.ContainsKey(l.Key)))
            return null;
        var work = left.Where(l => l.Value > 0).Sum(l => l.Value * computed[l.Key].Seconds / computed[l.Key].Count);
        return TimeSpan.FromSeconds(work * elapsed / seconds);
    }
}
