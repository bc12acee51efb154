using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Models;

namespace Grid.Experiments.Tests.Compression.Quantization;

/// <summary>Networks as exporters write them.</summary>
public sealed class UserModelTests
{
    public UserModelTests() => TorchSharp.torch.set_num_threads(1);

    [Theory]
    [InlineData("weights", "channel")]
    [InlineData("static", "tensor")]
    [InlineData("static", "channel")]
    public void Nodes_named_after_their_outputs_are_quantized_like_others(string scheme, string granularity)
    {
        var model = ModelZoo.Create("lenet-300-100", 1);
        (string, string)[] settings = [("scheme", scheme), ("granularity", granularity), ("bias-correction", "true")];

        var renamed = QuantizedModel.Of(NodeNames.Complete(model with { Nodes = [.. model.Nodes.Select(n => n with { Name = "" })] }), settings).Model;

        var images = RuntimeModel.Images(2);
        RuntimeModel.Run(renamed, images, 2, 1, 28, 28).ShouldBe(RuntimeModel.Run(QuantizedModel.Of(model, settings).Model, images, 2, 1, 28, 28));
        if (scheme == "static")
            renamed.Metadata[OnnxMetadata.Int8Layers].Split('\n').ShouldBe(renamed.Nodes.Where(n => n.Operator == "Gemm").Select(n => n.Name));
    }

    [Theory]
    [InlineData("tensor")]
    [InlineData("channel")]
    public void A_gemm_with_untransposed_weights_becomes_an_integer_kernel(string granularity)
    {
        var quantized = QuantizedModel.Of(CompressionModels.Dense(), ("scheme", "static"), ("granularity", granularity)).Model;

        QuantizedModel.Kernels(quantized).Count(k => k == "QGemm").ShouldBe(3);
        ShouldComputeAlike(quantized, CompressionModels.Dense(), 0.05);
    }

    [Theory]
    [InlineData(9, "tensor", "10")]
    [InlineData(11, "channel", "13")]
    public void An_operator_set_without_the_operators_that_are_needed_is_refused(int opset, string granularity, string needed)
    {
        var error = Should.Throw<StageException>(() => QuantizedModel.Of(
            ModelZoo.Create("lenet-300-100", 1) with { Opset = opset }, ("scheme", "static"), ("granularity", granularity)));

        error.Message.ShouldContain($"version {needed}");
        error.Message.ShouldContain($"{opset}");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(21)]
    public void Other_operator_sets_give_integer_kernels_too(int opset)
    {
        var model = ModelZoo.Create("lenet-5", 1) with { Opset = opset };

        var quantized = QuantizedModel.Of(model, ("scheme", "static")).Model;

        QuantizedModel.Kernels(quantized).Count(k => k is "QLinearConv" or "QGemm").ShouldBe(4);
        ShouldComputeAlike(quantized, model, 0.2);
    }

    [Fact]
    public void A_layer_that_stays_in_float_reads_floats()
    {
        var model = CompressionModels.Dense();
        model = model with
        {
            Nodes = [.. model.Nodes.SelectMany(n => n.Outputs[0] == "h1"
                ? [SampleModels.Node("MatMul", ["x0", "w1"], "m1"), SampleModels.Node("Add", ["m1", "b1"], "h1")]
                : new[] { n })],
        };

        var (quantized, notes) = QuantizedModel.Of(model, ("scheme", "static"));

        notes.ShouldContain(n => n.Contains("'MatMul-m1'") && n.Contains("stays in float"));
        quantized.Nodes.Single(n => n.Operator == "MatMul").Inputs.ShouldBe(["x0", "w1"]);
        quantized.Nodes.Count(n => n.Operator == "QuantizeLinear").ShouldBe(2);
        QuantizedModel.Kernels(quantized).Count(k => k == "QGemm").ShouldBe(2);
    }

    [Fact]
    public void Branches_that_meet_again_and_a_softmax_leave_every_layer_on_integers()
    {
        var model = CompressionModels.AfterConv(
            [
                SampleModels.Node("Relu", ["c"], "r"), SampleModels.Node("Conv", ["r", "w3", "b3"], "d", SampleModels.Ints("pads", 1, 1, 1, 1)),
                SampleModels.Node("Add", ["r", "d"], "s"), SampleModels.Node("Relu", ["s"], "t"), SampleModels.Node("Flatten", ["t"], "flat"),
            ],
            CompressionModels.Values("w3", 6, 6, 3, 3), CompressionModels.Values("b3", 6));
        model = model with
        {
            Nodes = [.. model.Nodes.Select(n => n.Outputs[0] == "y" ? n with { Outputs = ["logits"] } : n), SampleModels.Node("Softmax", ["logits"], "y")],
        };

        var quantized = QuantizedModel.Of(model, ("scheme", "static"), ("granularity", "channel")).Model;

        var kernels = QuantizedModel.Kernels(quantized);
        kernels.Count(k => k == "QLinearConv").ShouldBe(2);
        kernels.Count(k => k == "QGemm").ShouldBe(1);
        ShouldComputeAlike(quantized, model, 0.1);
    }

    [Fact]
    public void Dark_images_leave_room_for_bright_ones()
    {
        var model = ModelZoo.Create("seed-cnn", 1);

        var quantized = QuantizedModel.Of(model, QuantizedModel.Images(greys: 40), ("scheme", "static")).Model;

        quantized.Initializer("image.scale")!.ToArray<float>().ShouldBe([1 / 255f]);
        quantized.Initializer("image.zero")!.ToArray<byte>().ShouldBe([0]);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-9f)]
    public void A_channel_of_next_to_no_weight_keeps_its_bias(float size)
    {
        var model = CompressionModels.Dense();
        var weights = model.Initializer("w1")!.ToArray<float>().Select((w, i) => i % 20 == 3 ? w * size : w).ToArray();
        var biases = model.Initializer("b1")!.ToArray<float>();
        biases[3] = 2.345f;
        model = model with
        {
            Initializers = [.. model.Initializers.Where(t => t.Name is not ("w1" or "b1")), OnnxTensor.Floats("w1", [784, 20], weights), OnnxTensor.Floats("b1", [20], biases)],
        };

        var quantized = QuantizedModel.Of(model, ("scheme", "static"), ("granularity", "channel")).Model;

        ShouldComputeAlike(quantized, model, 0.05);
        var codes = quantized.Initializers.Single(t => t.Name.EndsWith("b1.codes", StringComparison.Ordinal)).ToArray<int>()[3];
        var step = quantized.Initializers.Single(t => t.Name.EndsWith("b1.scale", StringComparison.Ordinal)).ToArray<float>()[3];
        (codes * (double)step).ShouldBe(2.345, 0.001);
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_refused()
    {
        var model = CompressionModels.Dense();
        model = model with { Initializers = [.. model.Initializers.Where(t => t.Name != "w2"), OnnxTensor.Floats("w2", [20, 20], [float.NaN, .. new float[399]])] };

        Should.Throw<StageException>(() => QuantizedModel.Of(model, ("scheme", "weights"))).Message.ShouldContain("w2");
    }

    [Theory]
    [InlineData("bits", "9", "scheme", "static")]
    [InlineData("bits", "1", "scheme", "weights")]
    [InlineData("granularity", "chanel", "scheme", "weights")]
    [InlineData("calibration", "entropy", "scheme", "static")]
    [InlineData("percentile", "0", "scheme", "static")]
    [InlineData("samples", "0", "scheme", "static")]
    [InlineData("step", "-1", "scheme", "weights")]
    [InlineData("step", "NaN", "scheme", "weights")]
    [InlineData("scheme", "dynamic", "bits", "8")]
    public void Settings_that_mean_nothing_are_refused_by_name(string key, string value, string otherKey, string otherValue) =>
        Should.Throw<StageSettingsException>(() => QuantizedModel.Of(CompressionModels.Dense(), (key, value), (otherKey, otherValue)))
            .Message.ShouldContain($"'{value}'");

    private static void ShouldComputeAlike(OnnxModel quantized, OnnxModel exact, double share)
    {
        var images = RuntimeModel.Images(3);
        var expected = RuntimeModel.Run(exact, images, 3, 1, 28, 28);
        var actual = RuntimeModel.Run(quantized, images, 3, 1, 28, 28);
        for (var i = 0; i < expected.Length; i++)
            ((double)actual[i]).ShouldBe(expected[i], share * (expected.Max() - expected.Min()));
    }
}
