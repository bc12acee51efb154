using System.Globalization;
using Grid.Experiments.Datasets;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Tests;

/// <summary>Valid sweeps without a file, of a network of the zoo on generated digits, for accuracy and size.</summary>
internal static class AnySweep
{
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

    /// <summary>The reference, and ratios x rates trials: each ratio prunes once, each trial is fine-tuned and measured on its own.</summary>
    public static Sweep Of(string name, int ratios, int rates) => Of(
        name, [StageKind.Prune, StageKind.FineTune], new("prune.ratio", Steps(ratios)), new("finetune.learning-rate", Steps(rates)));

    private static string[] Steps(int count) =>
        [.. Enumerable.Range(1, count).Select(i => (i / (count + 1.0)).ToString("R", CultureInfo.InvariantCulture))];
}
