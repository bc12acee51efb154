using Grid.Experiments.Analysis;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Results;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Space;
using Grid.Experiments.Tests.Sweeps;

namespace Grid.Experiments.Tests.Analysis;

/// <summary>What is computed from all results of a sweep: how the volume grew, what techniques bought, what kernels ran.</summary>
public sealed class ResultsAnalysisTests
{
    private static readonly Sweep sweep = SweepBuilder.Build([StageKind.Prune, StageKind.Quantize], [SweepBuilder.List("prune.ratio", "0", "0.5"), SweepBuilder.List("quantize.scheme", "none", "weights")], seeds: [1, 2]) with
    {
        Objectives = [new(MetricCatalog.Accuracy, Direction.Maximize), new(MetricCatalog.Size, Direction.Minimize)],
        Constraints = [],
    };

    private static Point Point(int trial, long seed, double accuracy, double size, params (string Key, string Value)[] config) => new(
        trial, new StageSettings(config.Select(c => KeyValuePair.Create(c.Key, c.Value))), seed,
        new Dictionary<string, Metric> { [MetricCatalog.Accuracy] = Metric.Exact(accuracy, "1"), [MetricCatalog.Size] = Metric.Exact(size, "By") }, "")
    {
        Layers = [new LayerReport("conv", "Conv", size < 500 ? "QLinearConv" : "FusedConv", size < 500 ? "int8" : "float32", "float32")],
    };

    private static ExperimentResults Results(params Point[] measured)
    {
        var reference = new SearchSpace(sweep).Reference();
        var references = measured.Where(p => p.Config.Equals(reference)).ToDictionary(p => p.Seed);
        var points = SeedAggregate.Of(measured);
        return new()
        {
            Sweep = sweep,
            Device = "local",
            Trials = [.. measured.Select(p => new TrialRow("x", p.Trial, "{}", references.ContainsValue(p), TrialStatus.Succeeded, "", "", null))],
            Measured = measured,
            Points = points,
            References = references,
            Reference = points.FirstOrDefault(p => p.Config.Equals(reference)),
            Frontier = SweepFrontier.Of(points, sweep.Objectives, sweep.Constraints, references),
        };
    }

    private static readonly ExperimentResults four = Results(
        Point(0, 1, 0.9, 1000), Point(1, 1, 0.89, 500, ("prune.ratio", "0.5")),
        Point(2, 1, 0.7, 250, ("quantize.scheme", "weights")), Point(3, 1, 0.895, 200, ("prune.ratio", "0.5"), ("quantize.scheme", "weights")));

    [Fact]
    public void The_volume_grows_with_the_trials_that_add_to_it_in_the_order_in_which_they_ended()
    {
        var history = VolumeHistory.Of(four, [new(0, 1), new(3, 2), new(1, 4), new(2, 8)])!;

        // Of the reference alone: half of the cost, all of the accuracy. Trials 1 and 2 are dominated when they come.
        history.Steps.Select(s => (s.Trials, s.Trial, s.Seconds)).ShouldBe([(1, 0, 1.0), (2, 3, 2.0)]);
        history.Steps[0].Volume.ShouldBe(1, 1e-12);
        history.Steps[^1].Volume.ShouldBe(four.Frontier.Hypervolume!.Value, 1e-12);
        (history.Trials, history.Seconds).ShouldBe((4, 8.0));
    }

    [Fact]
    public void Where_an_end_is_not_known_trials_go_by_number_and_without_time()
    {
        var history = VolumeHistory.Of(four, [new(3, 2), new(0, 4)])!;

        history.Steps.Select(s => s.Trial).ShouldBe([0, 1, 2, 3]);
        history.Steps.ShouldAllBe(s => s.Seconds == null);
        history.Seconds.ShouldBeNull();
    }

    [Fact]
    public void A_configuration_of_several_seeds_counts_from_the_last_of_them()
    {
        var results = Results(
            Point(0, 1, 0.9, 1000), Point(1, 2, 0.9, 1000), Point(2, 1, 0.9, 500, ("prune.ratio", "0.5")), Point(3, 2, 0.9, 500, ("prune.ratio", "0.5")));

        var history = VolumeHistory.Of(results, [new(2, 1), new(0, 2), new(3, 3), new(1, 4)])!;

        history.Steps.Select(s => (s.Trials, s.Trial)).ShouldBe([(3, 3)]);
    }

    [Fact]
    public void Without_an_uncompressed_model_there_is_neither_volume_nor_comparison()
    {
        var results = Results(Point(1, 1, 0.89, 500, ("prune.ratio", "0.5")));

        VolumeHistory.Of(results, []).ShouldBeNull();
        TechniqueEffect.Of(results).ShouldBeEmpty();
    }

    [Fact]
    public void Techniques_are_compared_alone_and_together()
    {
        var effects = TechniqueEffect.Of(four);

        effects.Select(e => string.Join('+', e.Techniques)).ShouldBe(["", "Prune", "Quantize", "Prune+Quantize"]);
        effects.Select(e => (e.Models, e.OnFrontier, e.Within)).ShouldBe([(1, 1, 1), (1, 0, 1), (1, 0, 0), (1, 1, 1)]);
        effects[1].Changes[MetricCatalog.Size].ShouldBe(new TechniqueChange(2, 2, 1));
        effects[2].Changes[MetricCatalog.Size].ShouldBe(new TechniqueChange(4, null, null));
        effects[3].Changes[MetricCatalog.Size].ShouldBe(new TechniqueChange(5, 5, 3));
        effects[2].Changes[MetricCatalog.Accuracy].Median.ShouldBe(-0.2, 1e-12);
        effects[0].Changes.ShouldNotContainKey(MetricCatalog.Energy);
    }

    [Fact]
    public void Kernels_are_counted_by_layer()
    {
        var use = KernelUse.Of(four.Points);

        use.Select(u => (u.Layer.Layer, u.Layer.Kernel, string.Join(' ', u.Trials))).ShouldBe([("conv", "FusedConv", "0 1"), ("conv", "QLinearConv", "2 3")]);
    }
}
