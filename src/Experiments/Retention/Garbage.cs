using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Experiments.Retention;

/// <summary>Models that no stage and no sweep refers to, and files that never became models.</summary>
public sealed record Garbage(IReadOnlyList<StoredArtifact> Artifacts, Leftovers Leftovers)
{
    /// <summary>
    /// How old they must be where something may run: a model is adopted before the stage that made it is recorded, and a file is written
    /// before it is adopted.
    /// </summary>
    public static readonly TimeSpan UsualAge = TimeSpan.FromHours(1);

    /// <summary>Looks without changing anything.</summary>
    public static async Task<Garbage> Find(IExperimentStore store, IArtifactStore artifacts, TimeSpan leastAge)
    {
        // Before the references: what is recorded meanwhile is then among them.
        var stored = await artifacts.List();
        var referenced = Referenced(await store.ListStageLinks(), await store.ListExperiments());
        return new Garbage(
            [.. stored.Where(a => !referenced.Contains(a.Sha256) && a.Age >= leastAge)], await artifacts.Leftovers(leastAge, remove: false));
    }

    public async Task Collect(IArtifactStore artifacts, TimeSpan leastAge)
    {
        foreach (var artifact in Artifacts)
            await artifacts.Remove(artifact.Sha256, leastAge);
        await artifacts.Leftovers(leastAge, remove: true);
    }

    /// <summary>What stages made or go on from, and the models that users' sweeps begin with.</summary>
    internal static HashSet<string> Referenced(IEnumerable<StageLinks> stages, IEnumerable<ExperimentRow> experiments) =>
    [
        .. stages.SelectMany(ArtifactsOf),
        .. experiments.Select(e => SweepJson.Read(e.Sweep).Model.Sha256).OfType<string>(),
    ];

    /// <summary>Every artifact that a stage's row names.</summary>
    internal static IEnumerable<string> ArtifactsOf(StageLinks stage) => new[] { stage.Artifact, stage.Checkpoint }.OfType<string>();
}
