using Grid.Client.Json;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;

namespace Grid.Client.Planning;

/// <summary>A sweep's plan beside what the store already holds of it.</summary>
/// <param name="Known">Stages of the plan that are done, by kind.</param>
/// <param name="SecondsLeft">Wall time of the stages that are not done, roughly; null when nothing is known to learn from.</param>
/// <param name="TimesAsLong">What all of the sweep would take if every trial computed its own stages, over what it takes; null like the seconds.</param>
internal sealed record PlannedSweep(
    Sweep Sweep, SweepPlan Plan, IReadOnlyDictionary<StageKind, int> Known, double? SecondsLeft, double? TimesAsLong)
{
    public int Total => Plan.StageKeys.Count;
    public int Computed => Known.Values.Sum();
    public int Remaining => Total - Computed;

    /// <summary>How many stages sharing saves: 4 means that a quarter of them is computed.</summary>
    public double Reuse => (double)Plan.StagesWithoutSharing / Total;

    /// <param name="store">Null when there is none yet.</param>
    public static async Task<PlannedSweep> Of(Sweep sweep, IExperimentStore? store, int slots)
    {
        var plan = SweepPlan.Of(sweep);
        if (store is null)
            return new(sweep, plan, new Dictionary<StageKind, int>(), null, null);
        var done = (await store.FindStages(plan.StageKeys)).Where(s => s.Status == StageStatus.Done).ToList();
        var known = done.CountBy(s => s.Spec.Kind).ToDictionary();
        var remaining = plan.DistinctStages.ToDictionary(k => k.Key, k => k.Value - known.GetValueOrDefault(k.Key));
        var means = await StageTimes.Means(store, sweep, done, plan.DistinctStages.Keys);
        return new(
            sweep, plan, known, StageTime.Total(remaining, means, slots),
            StageTime.Total(plan.UnsharedStages, means, slots) / StageTime.Total(plan.DistinctStages, means, slots));
    }

    /// <param name="problem">Why the machine cannot keep the budget.</param>
    public PlanDocument Document(int slots, string? problem = null) => new(
        ExperimentId.Of(Sweep), Plan.Trials, Plan.Combinations, Plan.Collapsed,
        new PlannedStages(
            Total, Computed, Remaining, Plan.StagesWithoutSharing, Math.Round(Reuse, 3),
            Plan.DistinctStages.ToDictionary(k => k.Key, k => new PlannedKind(k.Value, Known.GetValueOrDefault(k.Key)))),
        SecondsLeft is { } seconds && TimesAsLong is { } times ? new EstimateDocument(Math.Round(seconds, 1), slots, Math.Round(times, 3)) : null,
        Sweep.Budget is { } budget ? new BudgetDocument(budget.Energy, budget.Time?.TotalSeconds, budget.Trials, Plan.BeyondBudget, problem) : null);
}
