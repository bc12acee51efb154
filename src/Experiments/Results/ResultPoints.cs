using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Telemetry;

namespace Grid.Experiments.Results;

/// <summary>Turns the rows of successful trials into points.</summary>
/// <param name="stages">Rows of stages by key, for their notes; null for those of the measurement alone.</param>
internal sealed class ResultPoints(Sweep sweep, IReadOnlyDictionary<string, StageRow>? stages)
{
    private readonly ChainBuilder chains = new(sweep);

    /// <summary>One point a trial, by number.</summary>
    /// <exception cref="System.Text.Json.JsonException">A trial's configuration is none.</exception>
    public IReadOnlyList<Point> Of(IReadOnlyList<TrialResult> results) => [.. results.OrderBy(r => r.Trial.Number).Select(Of)];

    /// <summary>The distinct stages that made the models, those of measuring and testing left out.</summary>
    public static IReadOnlyList<string> StagesOf(Sweep sweep, IReadOnlyList<TrialResult> results)
    {
        var chains = new ChainBuilder(sweep);
        return [.. results.SelectMany(r => Models(chains, TrialConfiguration.Parse(r.Trial.Config))).Distinct()];
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

    private IEnumerable<string> NotesBefore(TrialConfiguration trial) => stages is null
        ? []
        : Models(chains, trial).SelectMany(key => stages.GetValueOrDefault(key)?.Result?.Notes ?? []);

    private static IEnumerable<string> Models(ChainBuilder chains, TrialConfiguration trial) =>
        chains.Build(trial).Stages.Where(s => s.Kind != StageKind.Measure).Select(s => s.Key);
}
