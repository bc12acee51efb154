using Grid.Experiments.Datasets;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Sweeps.Space;
using Grid.Tests;
using static Grid.Experiments.Tests.Sweeps.Files.SweepText;

namespace Grid.Experiments.Tests.Sweeps.Files;

public sealed class SweepFileTests
{
    [Fact]
    public void A_whole_file_becomes_a_sweep()
    {
        var sweep = Read(Whole);

        sweep.Name.ShouldBe("fashion-seed-cnn");
        sweep.Model.ShouldBe(new ModelSource("seed-cnn"));
        sweep.Data.ShouldBe(new DataSettings("fashion-mnist", DatasetCatalog.Find("fashion-mnist")!.ContentHash, null, 5_000, 1));
        sweep.Pipeline.ShouldBe([StageKind.Prune, StageKind.FineTune, StageKind.Quantize]);
        sweep.Fixed["train.learning-rate"].ShouldBe("0.001");
        sweep.Fixed["quantize.samples"].ShouldBe("512", "a default is filled in");
        sweep.Fixed.ContainsKey("prune.ratio").ShouldBeFalse("it is swept");
        sweep.Space.Select(d => d.Key).ShouldBe(
            ["prune.method", "prune.ratio", "finetune.epochs", "quantize.scheme", "quantize.step", "quantize.granularity"]);
        sweep.Space[4].Values.ShouldBe(["0.001", "0.00793701", "0.0629961", "0.5"]);
        sweep.Objectives.ShouldBe(
        [
            new("accuracy", Direction.Maximize), new("latency-p50", Direction.Minimize), new("energy", Direction.Minimize), new("size", Direction.Minimize),
        ]);
        sweep.Constraints.ShouldBe([new Constraint("accuracy-drop", AtMost: true, 0.01)]);
        sweep.Strategy.ShouldBe(new StrategySettings("grid", null, 1));
        sweep.Seeds.ShouldBe([1]);
        sweep.StageTimeLimit.ShouldBe(TimeSpan.FromMinutes(30));
        SweepPlan.Of(sweep).Trials.ShouldBe(170);
    }

    [Fact]
    public void A_small_file_is_completed()
    {
        var sweep = Read(With());

        sweep.Data.Name.ShouldBe(DatasetCatalog.GeneratedDigits);
        sweep.Data.ValidationCount.ShouldBe(2_000);
        sweep.Strategy.Name.ShouldBe("grid");
        sweep.Seeds.ShouldBe([1]);
        sweep.Constraints.ShouldBeEmpty();
        sweep.Measure.Select(p => $"{p.Key}={p.Value}").ShouldBe(["batch=64", "min-runs=200", "min-time=0.3", "sessions=3", "threads=1", "warmup=20"]);
    }

    [Fact]
    public void Spelling_makes_no_other_sweep()
    {
        var one = Read(With("space: { prune.ratio: [0.5], quantize.scheme: [none] }", "measure: { min-time: 0.5 }", "strategy: grid"));
        var other = Read(With(
            "space: {\"prune.ratio\": [ 5e-1 ],  quantize.scheme: ['none']} # a comment", "measure:\n  min-time: .50\n  threads: 1", "strategy: { name: grid, seed: 7 }"));

        ExperimentId.Of(other).ShouldBe(ExperimentId.Of(one));
    }

    [Fact]
    public void Every_setting_can_be_given()
    {
        var sweep = Read(With(
            "data: { name: mnist, train: 10000, validation: 1000, split-seed: 3 }",
            "measure: { threads: 2, sessions: 5, warmup: 0, min-runs: 10, min-time: 0, batch: 32 }",
            "limits: { stage-time: 1.5h }",
            "seeds: [3, 0, 2147483647]",
            "constraints: { accuracy: \">= 0.9\", latency: '<= 1e-3', size: \"<=100000\" }"));

        sweep.Data.ShouldBe(new DataSettings("mnist", DatasetCatalog.Find("mnist")!.ContentHash, 10_000, 1_000, 3));
        sweep.Measure.Select(p => $"{p.Key}={p.Value}").ShouldBe(["batch=32", "min-runs=10", "min-time=0", "sessions=5", "threads=2", "warmup=0"]);
        sweep.StageTimeLimit.ShouldBe(TimeSpan.FromMinutes(90));
        sweep.Seeds.ShouldBe([3, 0, 2147483647]);
        sweep.Constraints.ShouldBe([new("accuracy", false, 0.9), new("latency-p50", true, 0.001), new("size", true, 100_000)]);
    }

    [Theory]
    [InlineData("run-on: {}")]
    [InlineData("run-on: { train: cpu }")]
    [InlineData("run-on: { train: cpu, measure: local }")]
    [InlineData("run-on: { measure: [local] }")]
    public void A_sweep_for_one_machine_is_the_same_however_that_is_written(string line)
    {
        ExperimentId.Of(Read(With(line))).ShouldBe(ExperimentId.Of(Read(With())));
        Read(With(line)).Pools.ShouldBe(["train/cpu", "measure/local"]);
    }

    [Fact]
    public void A_sweep_without_the_section_has_the_id_that_it_had_before_there_was_one() =>
        ExperimentId.Of(SweepFile.Read(RepositoryRoot.File("examples", "quickstart.yaml")).Sweep!).ShouldBe("quickstart-74cba461");

    [Fact]
    public void A_sweep_names_what_it_is_trained_and_measured_on()
    {
        var sweep = Read(With("run-on: { train: cuda, measure: [xeon-1, local] }"));

        SweepJson.Read(SweepJson.Write(sweep)).Pools.ShouldBe(["train/cuda", "measure/xeon-1", "measure/local"]);
        ExperimentId.Of(sweep).ShouldNotBe(ExperimentId.Of(Read(With("run-on: { train: cuda, measure: [local, xeon-1] }"))), "the first is the one shown");
        Read(With("run-on: { measure: arm }")).Pools.ShouldBe(["train/cpu", "measure/arm"]);
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("30m", 1_800)]
    [InlineData("0.5h", 1_800)]
    public void Time_has_a_unit(string text, int seconds) =>
        Read(With($"limits: {{ stage-time: {text} }}")).StageTimeLimit.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("strategy: { name: sobol, budget: 40, seed: 9 }", "sobol", 9)]
    [InlineData("strategy: { name: random, budget: 40 }", "random", 1)]
    public void A_strategy_that_draws_takes_a_range_whole(string line, string name, int seed)
    {
        var sweep = Read(With(line, "space: { prune.ratio: { range: [0.1, 0.9] }, quantize.bits: { range: [2, 8] }, finetune.epochs: [0, 1] }"));

        sweep.Strategy.ShouldBe(new StrategySettings(name, 40, seed));
        sweep.Space.Select(d => d.Range).ShouldBe(
            [new ParameterRange(0.1, 0.9, false, false, null), new ParameterRange(2, 8, false, true, null), null]);
        SweepPlan.Of(sweep).Trials.ShouldBe(41);
    }

    [Fact]
    public void A_grid_takes_every_number_of_a_range_of_whole_numbers() =>
        SweepPlan.Of(Read(With("space: { quantize.bits: { range: [2, 8] } }"))).Trials.ShouldBe(7 + 1);

    [Fact]
    public void Values_that_mean_nothing_beside_the_others_are_no_error() =>
        Read(With("quantize: { percentile: 99.9, calibration: min-max, scheme: weights }")).Fixed["quantize.percentile"].ShouldBe("99.9");

    [Theory]
    [InlineData("quantize.scheme: [weights, static], quantize.bits: [4, 8, 12]", 5)]
    [InlineData("quantize.scheme: [weights, static], quantize.bits: [auto, 16]", 3)]
    public void Widths_beyond_int8_stand_for_8_bits_with_static_where_another_scheme_uses_them(string space, int trials) =>
        SweepPlan.Of(Read(With("pipeline: [quantize]", $"space: {{ {space} }}"))).Trials.ShouldBe(trials + 1);

    [Fact]
    public void A_sweep_of_training_alone_needs_no_stage() =>
        SweepPlan.Of(Read(With("pipeline: []", "space: { train.learning-rate: [0.1, 0.01] }"))).Trials.ShouldBe(2);
}
