using Grid.Experiments.Datasets;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Silo.Tests.Hosting;

/// <summary>Valid sweeps without a file.</summary>
internal static class Sweeps
{
    /// <summary>Ten trials of one network: the reference, and nine ways to prune and fine-tune it.</summary>
    public static Sweep Small { get; } = Of(
        "small", [StageKind.Prune, StageKind.FineTune],
        new("prune.ratio", ["0.3", "0.6", "0.9"]), new("finetune.epochs", ["0", "1", "2"]));

    public static Sweep Of(string name, IReadOnlyList<StageKind> pipeline, params ParameterDomain[] space) => new()
    {
        Name = name,
        Model = new ModelSource("lenet-300-100"),
        Data = new DataSettings("generated-digits", "hash", null, 2_000, 1),
        Pipeline = pipeline,
        Fixed = ParameterCatalog.Complete(pipeline.Prepend(StageKind.Train), new Dictionary<string, string>(), space),
        Space = space,
        Objectives = [new Objective("accuracy", Direction.Maximize), new Objective("size", Direction.Minimize)],
        Constraints = [],
        Strategy = new StrategySettings("grid", null, 1),
        Seeds = [1],
        Measure = StageSettings.Empty,
        StageTimeLimit = TimeSpan.FromMinutes(30),
    };
}
