using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Space;
using static Grid.Experiments.Tests.Sweeps.SweepBuilder;

namespace Grid.Experiments.Tests.Sweeps.Space;

public sealed class SearchSpaceTests
{
    [Fact]
    public void Combinations_that_mean_the_same_are_one_configuration()
    {
        var space = new SearchSpace(Build(AllStages, Example));

        space.Combinations.ShouldBe(2 * 3 * 2 * 3 * 4 * 2);
        // Prune: left out, or 2 methods with 2 ratios. Fine-tune: 2. Quantize: left out, or 2 schemes with 4 steps and 2
        // granularities.
        space.Configurations.ShouldBe(5 * 2 * 17);
        Enumerable.Range(0, 170).Select(i => space.At((long)i)).ShouldBeUnique();
    }

    [Theory]
    [InlineData("prune.method=none,prune.ratio=0.5", "")]
    [InlineData("prune.method=magnitude,prune.ratio=0", "")]
    [InlineData("prune.method=channel,prune.ratio=0.5", "prune.method=channel,prune.ratio=0.5")]
    [InlineData("finetune.epochs=0,finetune.optimizer=sgd,finetune.momentum=0.5", "")]
    [InlineData("finetune.epochs=2,finetune.optimizer=adam,finetune.momentum=0.5", "finetune.epochs=2,finetune.optimizer=adam")]
    [InlineData("quantize.scheme=none,quantize.bits=4,quantize.samples=9", "")]
    [InlineData("quantize.scheme=weights,quantize.bits=4,quantize.samples=9,quantize.calibration=mse", "quantize.bits=4,quantize.scheme=weights")]
    [InlineData("quantize.scheme=weights,quantize.bias-correction=true,quantize.samples=9",
        "quantize.bias-correction=true,quantize.samples=9,quantize.scheme=weights")]
    [InlineData("quantize.scheme=static,quantize.calibration=mse,quantize.percentile=99", "quantize.calibration=mse,quantize.scheme=static")]
    [InlineData("quantize.scheme=static,quantize.calibration=percentile,quantize.percentile=99",
        "quantize.calibration=percentile,quantize.percentile=99,quantize.scheme=static")]
    [InlineData("quantize.scheme=weights,quantize.bits=auto,quantize.step=auto", "quantize.bits=8,quantize.scheme=weights,quantize.step=auto")]
    [InlineData("quantize.scheme=weights,quantize.bits=auto,quantize.step=0.1", "quantize.bits=auto,quantize.scheme=weights,quantize.step=0.1")]
    [InlineData("quantize.scheme=static,quantize.bits=auto,quantize.step=0.1", "quantize.bits=8,quantize.scheme=static,quantize.step=0.1")]
    [InlineData("quantize.scheme=static,quantize.step=0.1,quantize.granularity=channel",
        "quantize.granularity=channel,quantize.scheme=static,quantize.step=0.1")]
    [InlineData("quantize.scheme=static,quantize.bits=12", "quantize.bits=8,quantize.scheme=static")]
    [InlineData("quantize.scheme=weights,quantize.bits=12", "quantize.bits=12,quantize.scheme=weights")]
    public void Values_that_mean_nothing_beside_the_others_are_dropped(string chosen, string canonical)
    {
        var domains = chosen.Split(',').Select(pair => pair.Split('=')).Select(pair => List(pair[0], pair[1])).ToArray();

        var configuration = new SearchSpace(Build(AllStages, domains)).At(new double[domains.Length]);

        string.Join(',', configuration.Select(p => $"{p.Key}={p.Value}")).ShouldBe(canonical);
    }

    [Fact]
    public void A_reference_leaves_out_a_stage_that_is_always_on_by_setting_its_switch()
    {
        var sweep = Build([StageKind.Prune, StageKind.FineTune], [List("prune.ratio", "0", "0.5"), List("train.batch", "64", "128")]);

        new SearchSpace(sweep).Reference().ShouldBe(new StageSettings([new("finetune.epochs", "0"), new("train.batch", "64")]));
    }

    [Fact]
    public void A_range_without_count_has_no_number_of_combinations()
    {
        var space = new SearchSpace(Build([StageKind.Prune], [Range("prune.ratio", 0, 0.9)]));

        space.Combinations.ShouldBeNull();
        space.Configurations.ShouldBeNull();
    }

    [Fact]
    public void A_billion_combinations_are_counted_without_being_listed()
    {
        var space = new SearchSpace(Build(
            AllStages, [Range("finetune.batch", 1, 50_000, whole: true), Range("quantize.samples", 1, 50_000, whole: true)]));

        space.Combinations.ShouldBe(2_500_000_000);
        space.Configurations.ShouldBeNull();
    }
}
