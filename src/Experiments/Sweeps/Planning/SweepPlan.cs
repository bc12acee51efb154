using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Space;
using Grid.Experiments.Sweeps.Strategies;

namespace Grid.Experiments.Sweeps.Planning;

/// <summary>What a sweep will do, counted before it runs. Test stages are left out: which run depends on the frontier.</summary>
/// <param name="Combinations">Of values of the grid, or configurations the budget allows, times the seeds.</param>
/// <param name="Trials">Distinct trials, the uncompressed references among them.</param>
/// <param name="Collapsed">
/// Combinations that are no trial of their own: parameters that mean nothing beside the others make them equal to another, or
/// the space has fewer configurations than the budget.
/// </param>
/// <param name="DistinctStages">Stages to compute if none is known yet, by kind.</param>
/// <param name="UnsharedStages">Stages that would be computed if every trial computed its own, by kind.</param>
/// <param name="StageKeys">Keys of the distinct stages, in the order in which trials need them.</param>
public sealed record SweepPlan(
    long Combinations, int Trials, long Collapsed, IReadOnlyDictionary<StageKind, int> DistinctStages,
    IReadOnlyDictionary<StageKind, int> UnsharedStages, IReadOnlyList<string> StageKeys)
{
    /// <summary>Trials that the sweep's budget of trials leaves out; null when the strategy cannot know.</summary>
    public long? BeyondBudget { get; private init; }

    /// <summary>Stages that would be computed if every trial computed its own.</summary>
    public long StagesWithoutSharing => UnsharedStages.Sum(k => (long)k.Value);

    /// <summary>The plan of a valid sweep: of at most a million trials a seed, all of whose stage keys it holds.</summary>
    public static SweepPlan Of(Sweep sweep)
    {
        var space = new SearchSpace(sweep);
        var builder = new ChainBuilder(sweep);
        var seen = new HashSet<string>();
        var keys = new List<string>();
        var byKind = new SortedDictionary<StageKind, int>();
        var unshared = new SortedDictionary<StageKind, int>();

        void Count(TrialConfiguration trial)
        {
            foreach (var stage in builder.Build(trial).Stages)
            {
                unshared[stage.Kind] = unshared.GetValueOrDefault(stage.Kind) + 1;
                if (!seen.Add(stage.Key))
                    continue;
                keys.Add(stage.Key);
                byKind[stage.Kind] = byKind.GetValueOrDefault(stage.Kind) + 1;
            }
        }

        foreach (var seed in sweep.Seeds)
            Count(new TrialConfiguration(space.Reference(), seed));

        var (asked, seeds) = (0, sweep.Seeds.Count);
        var most = sweep.Budget?.Trials - seeds ?? int.MaxValue;
        var strategy = SweepStrategies.Create(sweep);
        while (!strategy.Finished && asked < most)
            foreach (var trial in strategy.Ask(Math.Min(1_000, most - asked)))
            {
                asked++;
                Count(trial);
            }

        var combinations = (sweep.Strategy.Budget ?? (long)space.Combinations!.Value) * seeds;
        var collapsed = sweep.Strategy.Budget is null ? combinations - (space.Configurations!.Value * seeds)
            : combinations - (strategy.Finished ? asked : strategy.Total!.Value);
        return new(combinations, seeds + asked, collapsed, byKind, unshared, keys)
        {
            BeyondBudget = strategy.Finished ? 0 : strategy.Total - asked,
        };
    }
}
