using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using static Grid.Experiments.Tests.Sweeps.SweepBuilder;

namespace Grid.Experiments.Tests.Sweeps.Planning;

public sealed class TrialChainTests
{
    private static readonly Sweep Sweep = Build(AllStages, Example);

    [Fact]
    public void Every_stage_reads_the_model_of_the_one_before()
    {
        var chain = TrialChain.Of(Sweep, Trial(
            ("prune.method", "channel"), ("prune.ratio", "0.5"), ("finetune.epochs", "2"), ("quantize.scheme", "static"), ("quantize.step", "0.5")));

        chain.Stages.Select(s => s.Kind).ShouldBe(
            [StageKind.Source, StageKind.Train, StageKind.Prune, StageKind.FineTune, StageKind.Quantize, StageKind.Measure]);
        chain.Stages[0].Parent.ShouldBeNull();
        chain.Stages.Skip(1).Select(s => s.Parent).ShouldBe(chain.Stages.SkipLast(1).Select(s => s.Key));
        chain.Stages[^1].Reference.ShouldBe(chain.Stages[1].Key);
        chain.Test.Parent.ShouldBe(chain.Stages[^1].Parent);
        chain.Test.Settings.ShouldBeEmpty();
    }

    [Fact]
    public void Settings_are_complete_and_hold_only_what_matters()
    {
        var chain = TrialChain.Of(Sweep, Trial(
            ("prune.method", "channel"), ("prune.ratio", "0.5"), ("finetune.epochs", "2"), ("quantize.scheme", "static"), ("quantize.step", "0.5"),
            ("quantize.granularity", "tensor")));

        Text(chain.Stages[0]).ShouldBe("zoo=lenet-300-100");
        Text(chain.Stages[1]).ShouldBe("batch=128 epochs=5 learning-rate=0.001 optimizer=adam schedule=constant weight-decay=0");
        Text(chain.Stages[2]).ShouldBe("method=channel ratio=0.5 scope=layer");
        Text(chain.Stages[3]).ShouldBe("batch=128 epochs=2 learning-rate=0.001 optimizer=adam schedule=constant weight-decay=0");
        Text(chain.Stages[4]).ShouldBe("bias-correction=false bits=8 calibration=min-max granularity=tensor samples=512 scheme=static step=0.5");
    }

    [Fact]
    public void Data_and_seed_belong_only_to_stages_that_use_them()
    {
        var weights = TrialChain.Of(Sweep, Trial(("finetune.epochs", "2"), ("quantize.scheme", "weights"), ("quantize.step", "0.5"))).Stages;
        var calibrated = TrialChain.Of(Sweep, Trial(("quantize.scheme", "static"), ("quantize.step", "0.5"))).Stages;

        weights.Where(s => s.Seed is not null).Select(s => s.Kind).ShouldBe([StageKind.Source, StageKind.Train, StageKind.FineTune]);
        weights.Where(s => s.Data is not null).Select(s => s.Kind).ShouldBe([StageKind.Train, StageKind.FineTune, StageKind.Measure]);
        calibrated.Where(s => s.Data is not null).Select(s => s.Kind).ShouldBe([StageKind.Train, StageKind.Quantize, StageKind.Measure]);
    }

    [Fact]
    public void Stages_that_do_nothing_are_left_out()
    {
        var untrained = Build(AllStages, Example, new() { ["train.epochs"] = "0" });

        TrialChain.Of(untrained, Trial()).Stages.Select(s => s.Kind).ShouldBe([StageKind.Source, StageKind.Measure]);
        TrialChain.Of(untrained, Trial()).Stages[1].Reference.ShouldBe(TrialChain.Of(untrained, Trial()).Stages[0].Key);
    }

    [Fact]
    public void A_reference_has_no_compression_even_where_a_stage_is_always_on()
    {
        var sweep = Build([StageKind.Prune, StageKind.FineTune], [List("prune.ratio", "0", "0.5")]);
        var reference = TrialChain.Of(sweep, TrialChain.Reference(sweep, 1));
        var unpruned = TrialChain.Of(sweep, Trial());

        reference.Stages.Select(s => s.Kind).ShouldBe([StageKind.Source, StageKind.Train, StageKind.Measure]);
        unpruned.Stages.Select(s => s.Kind).ShouldBe([StageKind.Source, StageKind.Train, StageKind.FineTune, StageKind.Measure]);
    }

    [Fact]
    public void Stages_follow_the_order_of_the_pipeline()
    {
        var sweep = Build([StageKind.FineTune, StageKind.Prune], [List("prune.ratio", "0.5")]);

        TrialChain.Of(sweep, Trial(("prune.ratio", "0.5"))).Stages.Select(s => s.Kind).ShouldBe(
            [StageKind.Source, StageKind.Train, StageKind.FineTune, StageKind.Prune, StageKind.Measure]);
    }

    [Fact]
    public void The_seed_makes_no_difference_to_an_own_network_that_is_not_trained()
    {
        var sweep = Build([StageKind.Prune], [List("prune.ratio", "0.5")], new() { ["train.epochs"] = "0" }, model: new ModelSource(null, "abc", "net.onnx"));

        var one = TrialChain.Of(sweep, Trial(("prune.ratio", "0.5")));
        var two = TrialChain.Of(sweep, Trial(("prune.ratio", "0.5")) with { Seed = 2 });

        Text(one.Stages[0]).ShouldBe("onnx=abc");
        one.Stages.Select(s => s.Key).ShouldBe(two.Stages.Select(s => s.Key));
    }

    [Fact]
    public void A_model_is_measured_once_for_each_class_of_machines_and_the_numbers_of_two_never_mix()
    {
        var trial = Trial(("prune.method", "channel"), ("prune.ratio", "0.5"));
        var local = TrialChain.Of(Sweep, trial);

        var chain = TrialChain.Of(Sweep with { RunOn = new("cpu", ["arm-1", "local"]) }, trial);

        chain.Stages.SkipLast(2).ShouldBe(local.Stages.SkipLast(1));
        chain.Leaves.Select(l => l.Settings.Text("device", "none")).ShouldBe(["arm-1", "none"]);
        chain.Leaves[1].Key.ShouldBe(local.Stages[^1].Key, "what was measured before holds");
        chain.Leaves[0].Key.ShouldNotBe(chain.Leaves[1].Key);
        chain.Leaves.Select(l => (l.Parent, l.Reference)).Distinct().ShouldBe([(local.Stages[^2].Key, local.Stages[1].Key)]);
        chain.Test.ShouldBe(local.Test);
    }

    [Fact]
    public void What_trained_a_model_is_no_part_of_any_key()
    {
        var onCpu = TrialChain.Of(Sweep, Trial(("prune.ratio", "0.5")));
        var onGpu = TrialChain.Of(Sweep with { RunOn = new("cuda", ["local"]) }, Trial(("prune.ratio", "0.5")));

        onGpu.Stages.ShouldBe(onCpu.Stages);
        onGpu.Stages.Append(onGpu.Test).Select(s => PoolNames.Of(s, "cuda")).Distinct().ShouldBe(["train/cuda", "measure/local"]);
    }

    private static TrialConfiguration Trial(params (string Key, string Value)[] values) =>
        new(new StageSettings(values.Select(v => KeyValuePair.Create(v.Key, v.Value))), 1);

    private static string Text(StageSpec stage) => string.Join(' ', stage.Settings.Select(p => $"{p.Key}={p.Value}"));
}
