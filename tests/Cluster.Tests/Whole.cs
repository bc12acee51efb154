using System.Text.Json;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Grains.Contracts;

namespace Grid.Cluster.Tests;

/// <summary>What must hold of a sweep whatever was done to the cluster meanwhile.</summary>
internal static class Whole
{
    /// <summary>Every trial and every stage has exactly one result, bit by bit that of an undisturbed run, and no lease is left.</summary>
    public static async Task Check(IExperimentStore store, IArtifactStore artifacts, Sweep sweep, Func<string> logs)
    {
        var row = (await store.FindExperiment(ExperimentId.Of(sweep)))!;
        var events = await Events(store, row.Id);
        row.Status.ShouldBe(ExperimentStatus.Done, $"{events.LastOrDefault(e => e.Kind == EventKinds.Ended)?.Body}\n{logs()}");
        var trials = await store.ListTrials(row.Id);
        trials.Count.ShouldBe((int)SweepPlan.Of(sweep).Trials);
        trials.ShouldAllBe(t => t.Status == TrialStatus.Succeeded && t.Error == null);
        events.Where(e => e.Kind == EventKinds.TrialSucceeded).Select(e => JsonDocument.Parse(e.Body).RootElement.GetProperty("trial").GetInt32())
            .ShouldBe(Enumerable.Range(0, trials.Count), ignoreOrder: true);

        var stages = await store.FindStages([.. SweepPlan.Of(sweep).StageKeys]);
        stages.ShouldAllBe(s => s.Status == StageStatus.Done && s.Holder == null);
        var undisturbed = await Undisturbed.Stages(sweep);
        var models = Models(stages);
        models.ShouldBe(Models(undisturbed), ignoreOrder: true);
        foreach (var model in models.Values)
            (await artifacts.Has(model!)).ShouldBeTrue();
        // On several classes of machines each stage that measures has a key of its own, which one machine does not have.
        if (sweep.RunOn is null)
            Results(stages).ShouldBe(Results(undisturbed), ignoreOrder: true);
    }

    private static async Task<IReadOnlyList<EventRow>> Events(IExperimentStore store, string experiment)
    {
        var events = new List<EventRow>();
        for (var after = 0L; await store.ReadEvents(experiment, after, 500) is { Count: > 0 } page; after = page[^1].Sequence)
            events.AddRange(page);
        return events;
    }

    private static Dictionary<string, string?> Models(IEnumerable<StageRow> stages) =>
        stages.Where(s => !Measures(s)).ToDictionary(s => s.Key, s => s.Artifact);

    private static Dictionary<string, string> Results(IEnumerable<StageRow> stages) =>
        stages.Where(Measures).ToDictionary(s => s.Key, s => JsonSerializer.Serialize(s.Result!.Metrics));

    private static bool Measures(StageRow stage) => stage.Spec.Kind is StageKind.Measure or StageKind.Test;
}
