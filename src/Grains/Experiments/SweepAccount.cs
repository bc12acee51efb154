using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;

namespace Grid.Grains.Experiments;

/// <summary>
/// What a sweep has taken, beside what it may take. Kept in the store, as a run may go on where another left off; what was taken in the last
/// seconds before a silo is lost is not.
/// </summary>
internal sealed class SweepAccount(string experiment, Sweep sweep, IExperimentStore store, TimeProvider time)
{
    private static readonly TimeSpan saveEvery = TimeSpan.FromSeconds(10);

    private Spending taken = Spending.None;
    private TimeSpan before;
    private long begun;
    private long saved;

    /// <summary>Trials that may still begin; of those begun so far, <paramref name="begun"/>.</summary>
    public int TrialsLeft(int begun) => (sweep.Budget?.Trials ?? int.MaxValue) - begun;

    /// <summary>Which budget was found used up; null as long as there is something of each.</summary>
    public string? EndedBy { get; private set; }

    public Spending Taken => taken with { Seconds = Elapsed.TotalSeconds, EndedBy = EndedBy };

    private TimeSpan Elapsed => begun == 0 ? before : before + time.GetElapsedTime(begun);

    public async Task Begin()
    {
        taken = await store.FindSpending(experiment) ?? Spending.None;
        before = TimeSpan.FromSeconds(taken.Seconds);
        begun = saved = time.GetTimestamp();
    }

    /// <summary>A stage has ended; what was carried out for this experiment is on its account.</summary>
    /// <returns>Why the budget of energy can no longer be told; null when it can.</returns>
    public string? Carried(StageSpec stage, StageEnd end)
    {
        if (end.Ending != StageEnding.Computed)
            return null;
        var cost = end.Result?.Cost;
        taken = taken.With(cost?.Energy);
        return sweep.Budget?.Energy is null || cost?.Energy.Comparable is not null ? null
            : $"The budget of energy cannot be kept: the {stage.Kind.ToString().ToLowerInvariant()} stage {stage.Key} was carried out where nothing counts energy: "
              + $"{cost?.Why ?? "its runner does not say"}. Set GRID_CORE_WATTS there for an estimate by processor time, or run the sweep without budget.energy.";
    }

    /// <summary>Answers true once, when energy or time is found used up.</summary>
    public bool RunsOut()
    {
        if (EndedBy is SweepBudget.EnergyName or SweepBudget.TimeName)
            return false;
        var by = taken.Energy.Value >= sweep.Budget?.Energy ? SweepBudget.EnergyName : Elapsed >= sweep.Budget?.Time ? SweepBudget.TimeName : null;
        EndedBy = by ?? EndedBy;
        return by is not null;
    }

    /// <summary>Nothing is asked for any more, though there would be.</summary>
    public void TrialsRunOut() => EndedBy ??= SweepBudget.TrialsName;

    /// <summary>Records it now and then.</summary>
    public async Task Keep()
    {
        if (time.GetElapsedTime(saved) >= saveEvery)
            await Save();
    }

    /// <summary>Records it now.</summary>
    public Task Save()
    {
        saved = time.GetTimestamp();
        return store.SaveSpending(experiment, Taken);
    }
}
