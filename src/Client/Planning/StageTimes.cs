using System.Text.Json;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Planning;

/// <summary>What earlier stages tell about the time of those to come.</summary>
internal static class StageTimes
{
    /// <summary>Earlier experiments that are looked at, the newest first.</summary>
    private const int MostExperiments = 5;

    /// <summary>
    /// Mean seconds of a stage, by kind. Learns from the sweep's own stages and, when they lack one of the kinds, from earlier sweeps of
    /// the same network and data too. Kinds that were never seen are left out.
    /// </summary>
    public static async Task<IReadOnlyDictionary<StageKind, double>> Means(
        IExperimentStore store, Sweep sweep, IReadOnlyList<StageRow> done, IEnumerable<StageKind> kinds)
    {
        var means = Means(done);
        return kinds.All(means.ContainsKey) ? means : Means([.. done, .. await Alike(store, sweep)]);
    }

    private static Dictionary<StageKind, double> Means(IEnumerable<StageRow> rows) => rows
        .Where(r => r.Seconds is not null).GroupBy(r => r.Spec.Kind).ToDictionary(g => g.Key, g => g.Average(r => r.Seconds!.Value));

    private static async Task<List<StageRow>> Alike(IExperimentStore store, Sweep sweep)
    {
        var rows = new List<StageRow>();
        foreach (var experiment in (await store.ListExperiments()).OrderByDescending(e => e.CreatedAt).Take(MostExperiments))
        {
            if (Sweep(experiment) is { } other && other.Model == sweep.Model && other.Data.Name == sweep.Data.Name)
                rows.AddRange(await Chains(store, [.. (await store.ListResults(experiment.Id)).Select(r => r.Leaf)]));
        }
        return rows;
    }

    /// <summary>Null when another version of Grid wrote it: it is then nothing to learn from.</summary>
    private static Sweep? Sweep(ExperimentRow experiment)
    {
        try
        {
            return SweepJson.Read(experiment.Sweep);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The stages, and those that made the models they read, back to the first.</summary>
    private static async Task<List<StageRow>> Chains(IExperimentStore store, IReadOnlyList<StageRow> leaves)
    {
        var all = new List<StageRow>(leaves);
        var seen = new HashSet<string>();
        for (var level = leaves; level.Count > 0; all.AddRange(level))
            level = await store.FindStages([.. level.Select(s => s.Spec.Parent).OfType<string>().Where(seen.Add)]);
        return all;
    }
}
