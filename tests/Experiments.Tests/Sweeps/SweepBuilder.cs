using Grid.Experiments.Datasets;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Tests.Sweeps;

/// <summary>Valid sweeps without a file.</summary>
internal static class SweepBuilder
{
    public static readonly StageKind[] AllStages = [StageKind.Prune, StageKind.FineTune, StageKind.Quantize];

    public static Sweep Build(
        StageKind[] pipeline, IReadOnlyList<ParameterDomain> space, Dictionary<string, string>? given = null,
        StrategySettings? strategy = null, long[]? seeds = null, ModelSource? model = null) => new()
        {
            Name = "test",
            Model = model ?? new ModelSource("lenet-300-100"),
            Data = new DataSettings("generated-digits", "hash", null, 2_000, 1),
            Pipeline = pipeline,
            Fixed = ParameterCatalog.Complete(pipeline.Prepend(StageKind.Train), given ?? [], space),
            Space = space,
            Objectives = [new Objective("accuracy", Direction.Maximize)],
            Constraints = [],
            Strategy = strategy ?? new StrategySettings("grid", null, 1),
            Seeds = seeds ?? [1],
            Measure = new StageSettings([new("threads", "1")]),
            StageTimeLimit = TimeSpan.FromMinutes(30),
        };

    public static ParameterDomain List(string key, params string[] values) => new(key, values);

    public static ParameterDomain Range(string key, double from, double to, bool logarithmic = false, bool whole = false) =>
        new(key, null, new ParameterRange(from, to, logarithmic, whole, null));

    /// <summary>The space of the blueprint's example.</summary>
    public static IReadOnlyList<ParameterDomain> Example { get; } =
    [
        List("prune.method", "magnitude", "channel"),
        List("prune.ratio", "0", "0.5", "0.8"),
        List("finetune.epochs", "0", "2"),
        List("quantize.scheme", "none", "weights", "static"),
        List("quantize.step", "0.001", "0.00793701", "0.0629961", "0.5"),
        List("quantize.granularity", "tensor", "channel"),
    ];
}
