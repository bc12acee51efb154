using Grid.Experiments.Datasets;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Cluster.Tests;

/// <summary>Valid sweeps without a file.</summary>
internal static class Sweeps
{
    /// <summary>The reference, and each ratio fine-tuned with each rate.</summary>
    public static Sweep Of(string name, int ratios, int rates)
    {
        StageKind[] pipeline = [StageKind.Prune, StageKind.FineTune];
        ParameterDomain[] space = [new("prune.ratio", Steps(ratios)), new("finetune.learning-rate", Steps(rates))];
        return new()
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

    private static string[] Steps(int count) =>
        [.. Enumerable.Range(1, count).Select(i => (i / (count + 1.0)).ToString("R", System.Globalization.CultureInfo.InvariantCulture))];
}
