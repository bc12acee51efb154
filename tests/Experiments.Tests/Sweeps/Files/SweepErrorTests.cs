using static Grid.Experiments.Tests.Sweeps.Files.SweepText;

namespace Grid.Experiments.Tests.Sweeps.Files;

public sealed class SweepErrorTests
{
    [Theory]
    // Keys.
    [InlineData("train: { epoch: 5 }", "6:10: train.epoch: there is no such key; did you mean epochs? accepted: epochs, batch, optimizer,")]
    [InlineData("train: { learning_rate: 5 }", "6:10: train.learning_rate: there is no such key; did you mean learning-rate?")]
    [InlineData("objctives: { accuracy: max }", "6:1: objctives: there is no such key; did you mean objectives? accepted: name, model, data,")]
    [InlineData("colour: red", "6:1: colour: there is no such key; accepted: name, model, data, train, prune, finetune, quantize, pipeline, space,")]
    [InlineData("prune.scope: layer", "6:1: prune.scope: there is no such key; values to try stand in space as prune.scope, a fixed one in prune as scope;")]
    [InlineData("space: { prune.rato: [0.5] }", "4:10: prune.rato: there is no such key; did you mean prune.ratio?")]
    [InlineData("space: { ratio: [0.5] }", "4:10: ratio: there is no such key; did you mean prune.ratio?")]
    [InlineData("space: { prune: { ratio: [0.5] } }", "4:10: prune: there is no such key; keys are written with their stage, such as prune.method;")]
    [InlineData("measure: { thread: 1 }", "6:12: measure.thread: there is no such key; did you mean threads?")]
    [InlineData("train: { epochs: 1, epochs: 2 }", "6:21: train.epochs: this key stands in line 6 already; accepted: once.")]
    // Values.
    [InlineData("name: 12", "1:7: name is 12: accepted: a letter, then up to 63 letters, digits,")]
    [InlineData("name: ../../etc", "1:7: name is ../../etc: accepted: a letter,")]
    [InlineData("train: { epochs: 1.5 }", "6:18: train.epochs is 1.5: accepted: a whole number from 0 to 10000.")]
    [InlineData("train: { epochs: many }", "6:18: train.epochs is many: accepted: a whole number from 0 to 10000.")]
    [InlineData("train: { epochs: }", "6:18: train.epochs is nothing: accepted: a whole number")]
    [InlineData("train: { momentum: \"0.9\" }", "6:20: train.momentum is \"0.9\": the quotes make it a text; accepted: a number from 0 to below 1.")]
    [InlineData("train: { learning-rate: .nan }", "6:25: train.learning-rate is .nan: accepted: a number above 0 to 100.")]
    [InlineData("train: { learning-rate: NaN }", "6:25: train.learning-rate is NaN: accepted: a number above 0 to 100.")]
    [InlineData("train: { learning-rate: 1e999 }", "6:25: train.learning-rate is 1e999: accepted: a number above 0 to 100.")]
    [InlineData("train: { learning-rate: Infinity }", "6:25: train.learning-rate is Infinity: accepted: a number above 0 to 100.")]
    [InlineData("train: { optimizer: Adma }", "6:21: train.optimizer is Adma: did you mean adam? accepted: adam or sgd.")]
    [InlineData("prune: { scope: [layer, global] }", "6:17: prune.scope is a list: values to try stand in space as prune.scope; accepted: layer or global.")]
    [InlineData("quantize: { bias-correction: yes }", "6:30: quantize.bias-correction is yes: accepted: true or false.")]
    [InlineData("prune: 5", "6:8: prune is 5: accepted: a mapping with method, ratio or scope.")]
    [InlineData("model: { zoo: lenet5 }", "2:15: model.zoo is lenet5: did you mean lenet-5? accepted: lenet-300-100, lenet-5 or seed-cnn.")]
    [InlineData("model: lenet-5", "2:8: model is lenet-5: accepted: a mapping with zoo or onnx.")]
    [InlineData("model: { zoo: lenet-5, onnx: net.onnx }", "2:8: model is a mapping: accepted: either zoo with the name of a network, or onnx")]
    [InlineData("data: { name: fashion_mnist, validation: 60000 }", "6:15: data.name is fashion_mnist: did you mean fashion-mnist?")]
    [InlineData("data: { name: mnist, validation: 60000 }", "6:34: data.validation is 60000: mnist has 60000 training images; accepted: 1 to 59999.")]
    [InlineData("data: { name: mnist, train: 56000 }",
        "6:29: data.train is 56000: mnist has 60000 training images, of which validation takes 5000; accepted: 1 to 55000.")]
    // What is swept.
    [InlineData("space: { prune.ratio: [0, 1.5] }", "4:27: prune.ratio is 1.5: accepted: a number from 0 to below 1.")]
    [InlineData("space: { prune.ratio: [] }", "4:23: prune.ratio is an empty list: accepted: a list of values, each a number from 0 to below 1; or a range")]
    [InlineData("space: { prune.ratio: 0.5 }", "4:23: prune.ratio is 0.5: accepted: a list of values, each a number from 0 to below 1; or a range such as "
        + "{ range: [a, b], count: 5 }; a fixed value stands in prune as ratio.")]
    [InlineData("space: {}", "4:8: space is an empty mapping: there is nothing to sweep; accepted: a mapping with some of train.epochs,")]
    [InlineData("space: [prune.ratio]", "4:8: space is a list: there is nothing to sweep; accepted: a mapping with some of train.epochs,")]
    [InlineData("space: { prune.method: { range: [1, 2] } }", "4:24: prune.method is a mapping: accepted: a list of values, each none, magnitude or channel.")]
    [InlineData("space: { prune.ratio: { range: [0.5, 0.1], count: 3 } }", "4:32: prune.ratio.range is [0.5, 0.1]: accepted: [a, b] with a below b,")]
    [InlineData("space: { prune.ratio: { range: [0.1, 0.2, 0.3, 0.4], count: 3 } }", "4:32: prune.ratio.range is [0.1, 0.2, 0.3, …]: accepted: [a, b] with a below b,")]
    [InlineData("space: { prune.ratio: { range: [0, 1], count: 3 } }", "4:36: prune.ratio.range is 1: accepted: a number from 0 to below 1.")]
    [InlineData("space: { prune.ratio: { log-range: [0, 0.5], count: 3 } }", "4:37: prune.ratio.log-range is 0: a logarithmic range cannot begin at 0;")]
    [InlineData("space: { prune.ratio: { range: [0, 0.5], log-range: [0.1, 0.5] } }", "4:23: prune.ratio is a mapping: accepted: either range or log-range")]
    [InlineData("space: { prune.ratio: { range: [0, 0.5], count: 1 } }", "4:49: prune.ratio.count is 1: accepted: a whole number from 2 to 10000.")]
    [InlineData("space: { prune.ratio: { range: [0, 0.5] } }", "4:23: prune.ratio is a mapping: a grid takes points of a range; accepted: a count beside it,")]
    [InlineData("space: { quantize.bits: { range: [auto, 8] } }", "4:35: quantize.bits.range is auto: accepted: a whole number from 2 to 16.")]
    [InlineData("space: { quantize.step: { log-range: [1e-5, 256], count: 1000 }, prune.ratio: { range: [0, 0.9], count: 1000 }, "
        + "train.learning-rate: { log-range: [1e-5, 1], count: 1000 } }",
        "4:8: space is a grid of 1,000,000,000 combinations: accepted: at most 1,000,000. Shorten lists, lower counts, or try a sample of it: "
        + "strategy: { name: sobol, budget: 200 }.")]
    [InlineData("pipeline: [finetune]", "4:10: prune.ratio: the pipeline has no prune; accepted: this key only beside a pipeline with it.")]
    [InlineData("prune: { ratio: 0.5 }", "4:10: prune.ratio: line 6 gives it a fixed value already; accepted: one of both.")]
    // Stages.
    [InlineData("pipeline: prune", "3:11: pipeline is prune: accepted: a list of prune, finetune or quantize, each at most once,")]
    [InlineData("pipeline: [prune, quantise]", "3:19: pipeline is quantise: did you mean quantize? accepted: prune, finetune or quantize.")]
    [InlineData("pipeline: [prune, prune]", "3:19: pipeline is prune: this stage stands in the pipeline already; accepted: each at most once.")]
    [InlineData("pipeline: [train, prune]", "3:12: pipeline is train: training comes before every pipeline by itself; accepted: prune, finetune or quantize.")]
    [InlineData("quantize: { scheme: static, bits: 12 }", "6:35: quantize.bits is 12: scheme static computes in int8; accepted: auto or 2 to 8.")]
    [InlineData("space: { quantize.scheme: [none, static], quantize.bits: [4, 8, 12, 16] }",
        "4:58: quantize.bits is 12, 16: scheme static computes in int8; accepted: auto or 2 to 8.")]
    [InlineData("space: { quantize.scheme: [weights, static], quantize.bits: [12, 16] }",
        "4:61: quantize.bits is 12, 16: scheme static computes in int8; accepted, for static among the schemes: auto or 2 to 8.")]
    // What is wanted.
    [InlineData("objectives: {}", "5:13: objectives is an empty mapping: there is nothing to optimise; accepted: a mapping with some of accuracy,")]
    [InlineData("objectives: { speed: max }", "5:15: objectives.speed: there is no such key; did you mean speedup? accepted: accuracy, energy, energy-net, latency,")]
    [InlineData("objectives: { latency: max }", "5:24: objectives.latency is max: latency improves the other way; accepted: min.")]
    [InlineData("objectives: { size: small }", "5:21: objectives.size is small: accepted: min.")]
    [InlineData("objectives: { latency: min, latency-p50: min }", "5:29: objectives.latency-p50: this is latency-p50, which is an objective already;")]
    [InlineData("objectives: { test-accuracy: max }", "5:15: objectives.test-accuracy: there is no such key; the test split is looked at once,")]
    [InlineData("constraints: { accuracy-drop: 0.01 }", "6:31: constraints.accuracy-drop is 0.01: accepted: an upper limit such as \"<= 0.01\".")]
    [InlineData("constraints: { accuracy: \"<= 0.9\" }", "6:26: constraints.accuracy is \"<= 0.9\": accepted: a lower limit such as \">= 0.9\".")]
    [InlineData("constraints: { latency: \"<= NaN\" }", "6:25: constraints.latency is \"<= NaN\": accepted: an upper limit")]
    [InlineData("constraints: { latency: \"<= 1e400\" }", "6:25: constraints.latency is \"<= 1e400\": accepted: an upper limit")]
    // How it is done.
    [InlineData("strategy: sobel", "6:11: strategy is sobel: did you mean sobol? accepted: grid, random or sobol.")]
    [InlineData("strategy: sobol", "6:11: strategy is sobol: it needs a budget,")]
    [InlineData("strategy: { name: random }", "6:11: strategy is a mapping: it needs a budget,")]
    [InlineData("strategy: { name: grid, budget: 5 }", "6:33: strategy.budget is 5: a grid tries every combination; accepted: a budget with another strategy only.")]
    [InlineData("strategy: { name: random, budget: 0 }", "6:35: strategy.budget is 0: accepted: a whole number from 1 to 1000000.")]
    [InlineData("seeds: 3", "6:8: seeds is 3: accepted: a list of up to 1000 different seeds,")]
    [InlineData("seeds: [1, 1]", "6:12: seeds is 1: this seed is there already; accepted: each once.")]
    [InlineData("seeds: [-1]", "6:9: seeds is -1: accepted: a whole number from 0 to 2147483647.")]
    [InlineData("measure: { sessions: 0 }", "6:22: measure.sessions is 0: accepted: a whole number from 1 to 100.")]
    [InlineData("limits: { stage-time: 30 }", "6:23: limits.stage-time is 30: accepted: a number with s, m or h, such as 90s, 30m or 1.5h.")]
    [InlineData("limits: { stage-time: 0s }", "6:23: limits.stage-time is 0s: accepted: 1s to 720h.")]
    [InlineData("budget: {}", "6:9: budget is an empty mapping: there is no limit in it; accepted: a mapping with some of energy, time or trials.")]
    [InlineData("budget: { energy: 50 kW }", "6:19: budget.energy is 50 kW: accepted: a number with J, kJ, MJ, Wh or kWh, such as 50 kJ or 1.5 kWh.")]
    [InlineData("budget: { energy: 0 J }", "6:19: budget.energy is 0 J: accepted: above 0 J.")]
    [InlineData("budget: { time: 0s }", "6:17: budget.time is 0s: accepted: 1s to 8784h.")]
    [InlineData("run-on: cuda", "6:9: run-on is cuda: accepted: a mapping with train or measure.")]
    [InlineData("run-on: { device: arm }", "6:11: run-on.device: there is no such key; accepted: train or measure.")]
    [InlineData("run-on: { train: metal }", "6:18: run-on.train is metal: accepted: cpu or cuda.")]
    [InlineData("run-on: { measure: [] }", "6:20: run-on.measure is an empty list: accepted: a name or a list of up to 16 different names, each 1 to 63 letters,")]
    [InlineData("run-on: { measure: { arm: 1 } }", "6:20: run-on.measure is a mapping: accepted: a name or a list of up to 16")]
    [InlineData("run-on: { measure: 64 }", "6:20: run-on.measure is 64: without quotes it is no text; accepted: 1 to 63 letters, digits, dots,")]
    [InlineData("run-on: { measure: [local, a/b] }", "6:28: run-on.measure is a/b: accepted: 1 to 63 letters, digits, dots,")]
    [InlineData("run-on: { measure: [arm, local, arm] }", "6:33: run-on.measure is arm: this class is there already; accepted: each once.")]
    [InlineData("run-on: { measure: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q] }", "6:20: run-on.measure is a list: accepted: a name or a list of up to 16")]
    public void An_error_names_place_key_value_and_what_is_accepted(string line, string error) => Error(With(line)).ShouldStartWith($"sweep.yaml:{error}");

    [Theory]
    [InlineData("name")]
    [InlineData("model")]
    [InlineData("pipeline")]
    [InlineData("space")]
    [InlineData("objectives")]
    public void A_missing_key_is_named(string key)
    {
        var text = string.Join('\n', With().Split('\n').Where(l => !l.StartsWith(key, StringComparison.Ordinal)));

        Error(text).ShouldStartWith($"sweep.yaml:1: {key}: this key is missing; accepted: ");
    }

    [Fact]
    public void All_errors_come_at_once_in_the_order_of_the_file()
    {
        var errors = Errors("""
            name: 12
            model: { zoo: lenet5 }
            train: { epoch: 5, batch: many }
            pipeline: [prune, quantise]
            space:
              prune.ratio: [0, 1.5, .inf]
              prune.method: []
            objectives: { accuracy: min }
            constraints: { accuracy-drop: 0.01 }
            strategy: sobol
            seeds: [x]
            measure: { threads: 0 }
            limits: { stage-time: 1d }
            """);

        errors.Select(e => e.Split(':')[1]).ShouldBe(["1", "2", "3", "3", "4", "6", "6", "7", "8", "9", "10", "11", "12", "13"]);
    }

    [Fact]
    public void A_wrong_value_many_times_over_is_told_a_hundred_times()
    {
        var errors = Errors(With($"space: {{ prune.ratio: [{string.Join(", ", Enumerable.Repeat("2", 5_000))}] }}"));

        errors.Count.ShouldBe(101);
        errors[^1].ShouldBe("sweep.yaml: there are 4900 more errors.");
    }
}
