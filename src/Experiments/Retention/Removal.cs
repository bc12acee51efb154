using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;

namespace Grid.Experiments.Retention;

/// <summary>What goes when an experiment is deleted: its rows, and of the shared stages and models those that nobody else needs.</summary>
/// <param name="Stages">Keys of the stages that only this experiment needs; none that is leased.</param>
/// <param name="Artifacts">Models that only those stages refer to and that are old enough to go.</param>
public sealed record Removal(ExperimentRow Experiment, int Trials, IReadOnlyList<string> Stages, IReadOnlyList<StoredArtifact> Artifacts)
{
    /// <summary>Looks without changing anything. Reads every stage's references: some hundred bytes of memory a stage.</summary>
    /// <param name="leastAge">Models adopted more recently stay, see <see cref="Garbage.UsualAge"/>.</param>
    public static async Task<Removal> Plan(IExperimentStore store, IArtifactStore artifacts, ExperimentRow experiment, TimeSpan leastAge)
    {
        var stored = await artifacts.List();
        var links = await store.ListStageLinks();
        var trials = await store.ListTrials(experiment.Id);
        var own = Closure(Keys(experiment, trials), links);
        var others = (await store.ListExperiments()).Where(e => e.Id != experiment.Id).ToList();
        foreach (var other in others)
            own.ExceptWith(Keys(other, await store.ListTrials(other.Id)));
        Keep(own, links);

        var gone = links.Where(l => own.Contains(l.Key)).SelectMany(Garbage.ArtifactsOf).Append(SweepJson.Read(experiment.Sweep).Model.Sha256).ToHashSet();
        gone.ExceptWith(Garbage.Referenced(links.Where(l => !own.Contains(l.Key)), others));
        return new Removal(experiment, trials.Count, [.. own], [.. stored.Where(a => gone.Contains(a.Sha256) && a.Age >= leastAge)]);
    }

    /// <summary>Rows first: what a crash leaves then is garbage for the next collection.</summary>
    /// <exception cref="StoreException">The experiment runs.</exception>
    public async Task CarryOut(IExperimentStore store, IArtifactStore artifacts, TimeSpan leastAge)
    {
        await store.DeleteExperiment(Experiment.Id, Stages);
        foreach (var artifact in Artifacts)
            await artifacts.Remove(artifact.Sha256, leastAge);
    }

    /// <summary>
    /// Every stage that an experiment's trials need: those they name, which may be of an older version of a stage's code, and their chains as
    /// they are built now, since of a trial that has not ended only the first stages may be in the store.
    /// </summary>
    private static IEnumerable<string> Keys(ExperimentRow experiment, IReadOnlyList<TrialRow> trials)
    {
        if (trials.Count == 0)
            yield break;
        var chains = new ChainBuilder(SweepJson.Read(experiment.Sweep));
        foreach (var trial in trials)
        {
            yield return trial.Leaf;
            yield return trial.Test;
            var chain = chains.Build(TrialConfiguration.Parse(trial.Config));
            foreach (var stage in chain.Stages.Append(chain.Test))
                yield return stage.Key;
        }
    }

    /// <summary>With what they were made from, as far as it is in the store.</summary>
    private static HashSet<string> Closure(IEnumerable<string> keys, IReadOnlyList<StageLinks> links)
    {
        var byKey = links.ToDictionary(l => l.Key);
        var reached = new HashSet<string>();
        var open = new Stack<string?>(keys);
        while (open.TryPop(out var key))
            if (key is not null && byKey.TryGetValue(key, out var link) && reached.Add(key))
            {
                open.Push(link.Parent);
                open.Push(link.Reference);
            }
        return reached;
    }

    /// <summary>Takes out what runs, and what a stage that stays was made from.</summary>
    private static void Keep(HashSet<string> own, IReadOnlyList<StageLinks> links)
    {
        own.ExceptWith(links.Where(l => l.Status == StageStatus.Leased).Select(l => l.Key));
        int before;
        do
        {
            before = own.Count;
            foreach (var link in links.Where(l => !own.Contains(l.Key)))
            {
                own.Remove(link.Parent ?? "");
                own.Remove(link.Reference ?? "");
            }
        }
        while (own.Count < before);
    }
}
