using System.Globalization;
using Grid.Experiments.Datasets;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Sweeps.Space;
using Grid.Grains.Contracts;
using Grid.Silo.Slots;

namespace Grid.Benchmarks.Sweeps;

/// <summary>A sweep whose stages do no work, on an embedded grid with a fresh store on disk.</summary>
internal static class NoWorkSweep
{
    /// <summary>Runs ratios x rates trials: each ratio prunes once, each trial fine-tunes and is measured on its own.</summary>
    public static async Task<(Sweep Sweep, ExperimentView View, TimeSpan Time)> Run(
        int ratios, int rates, int slots, Func<StageKind, TimeSpan> duration)
    {
        var sweep = Of(ratios, rates);
        var run = await SweepRun.Of([sweep], new SlotOptions { Slots = slots, Executor = () => new NoWork(duration) });
        return (sweep, run.Views[0], run.Time);
    }

    /// <summary>Seconds that all distinct stages take at least, when compute stages share the slots and measurements have the machine alone.</summary>
    public static double IdealSeconds(Sweep sweep, int slots, Func<StageKind, TimeSpan> duration) => StageTime.Total(
        SweepPlan.Of(sweep).DistinctStages, Enum.GetValues<StageKind>().ToDictionary(kind => kind, kind => duration(kind).TotalSeconds), slots)!.Value;

    /// <summary>A sweep of ratios x rates trials, and the reference.</summary>
    public static Sweep Of(int ratios, int rates)
    {
        StageKind[] pipeline = [StageKind.Prune, StageKind.FineTune];
        ParameterDomain[] space = [new("prune.ratio", Steps(ratios)), new("finetune.learning-rate", Steps(rates))];
        return new()
        {
            Name = "no-work",
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
        [.. Enumerable.Range(1, count).Select(i => (i / (count + 1.0)).ToString("R", CultureInfo.InvariantCulture))];
}
