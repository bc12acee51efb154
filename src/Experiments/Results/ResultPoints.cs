using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Telemetry;

namespace Grid.Experiments.Results;

/// <summary>Turns the rows of successful trials into points.</summary>
/// <exception cref="System.Text.Json.JsonException">Thrown by any member when a trial's configuration is none.</exception>
internal sealed class ResultPoints(Sweep sweep)
{
    private readonly ChainBuilder chains = new(sweep);
    private readonly Dictionary<string, IReadOnlyList<string>> notes = [];

    /// <summary>One point a trial, in their order.</summary>
    public IEnumerable<Point> Of(IEnumerable<TrialResult> results) => results.Select(Of);

    /// <summary>Has the points of these carry the notes of the stages that made their models too, not those of the measurement alone.</summary>
    public async Task ReadNotes(IExperimentStore store, IEnumerable<TrialResult> results)
    {
        var unknown = results.SelectMany(r => Models(TrialConfiguration.Parse(r.Trial.Config))).Where(key => !notes.ContainsKey(key)).Distinct();
        foreach (var stage in await store.FindStages([.. unknown]).ConfigureAwait(false))
            notes[stage.Key] = stage.Result?.Notes ?? [];
    }

    private Point Of(TrialResult result)
    {
        var trial = TrialConfiguration.Parse(result.Trial.Config);
        var measured = result.Leaf.Result ?? StageResult.Empty;
        return new(result.Trial.Number, trial.Values, trial.Seed, Metrics(measured, result.Test?.Result), result.Artifact)
        {
            Layers = measured.Layers,
            Trace = Traceparent.TraceId(result.Leaf.Trace),
            Notes = [.. NotesBefore(trial), .. measured.Notes, .. result.Test?.Result?.Notes ?? []],
        };
    }

    private static IReadOnlyDictionary<string, Metric> Metrics(StageResult measured, StageResult? tested) =>
        tested?.Metrics.TryGetValue(MetricCatalog.TestAccuracy, out var accuracy) == true
            ? new Dictionary<string, Metric>(measured.Metrics) { [MetricCatalog.TestAccuracy] = accuracy }
            : measured.Metrics;

    private IEnumerable<string> NotesBefore(TrialConfiguration trial) =>
        notes.Count == 0 ? [] : Models(trial).SelectMany(key => notes.GetValueOrDefault(key) ?? []);

    /// <summary>The stages that made a model, without those of measuring and testing it.</summary>
    private IEnumerable<string> Models(TrialConfiguration trial) =>
        chains.Build(trial).Stages.Where(s => s.Kind != StageKind.Measure).Select(s => s.Key);
}
