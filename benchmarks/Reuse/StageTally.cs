using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;

namespace Grid.Benchmarks.Reuse;

/// <summary>The stages of sweeps by kind: as planned, and those of the test split, which no plan knows, as they came.</summary>
internal sealed record StageTally(IReadOnlyDictionary<StageKind, int> Counts, IReadOnlyDictionary<StageKind, double> MeanSeconds)
{
    /// <exception cref="InvalidOperationException">A stage that the plans name was not done.</exception>
    public static async Task<StageTally> Of(IExperimentStore store, IReadOnlyList<Sweep> sweeps)
    {
        var planned = sweeps.SelectMany(sweep => SweepPlan.Of(sweep).StageKeys).ToHashSet();
        var rows = (await store.FindStages([.. planned])).Where(row => row.Status == StageStatus.Done).ToList();
        if (rows.Count < planned.Count)
            throw new InvalidOperationException($"{planned.Count} stages were planned, {rows.Count} are done.");
        foreach (var sweep in sweeps)
            rows.AddRange((await store.ListResults(ExperimentId.Of(sweep))).Select(r => r.Test).OfType<StageRow>());
        var kinds = rows.DistinctBy(row => row.Key).ToLookup(row => row.Spec.Kind);
        return new(kinds.ToDictionary(k => k.Key, k => k.Count()), kinds.ToDictionary(k => k.Key, k => k.Average(row => row.Seconds!.Value)));
    }
}
