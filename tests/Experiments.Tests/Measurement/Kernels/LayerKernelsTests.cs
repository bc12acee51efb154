using Grid.Experiments.Compression;
using Grid.Experiments.Measurement.Kernels;
using Grid.Experiments.Measurement.Runtime;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Compression;
using Grid.Experiments.Tests.Compression.Quantization;
using Grid.Experiments.Tests.Models;
using Grid.Tests;

namespace Grid.Experiments.Tests.Measurement.Kernels;

public sealed class LayerKernelsTests
{
    public LayerKernelsTests() => TorchSharp.torch.set_num_threads(1);

    [Theory]
    [InlineData("seed-cnn", "conv1 Conv, dense1 Gemm")]
    [InlineData("lenet-300-100", "dense1 FusedGemm, dense2 FusedGemm, dense3 Gemm")]
    [InlineData("lenet-5", "conv1 Conv, conv2 Conv, dense1 FusedGemm, dense2 Gemm")]
    public void A_float_network_runs_in_float_as_it_was_meant_to(string name, string kernels)
    {
        var layers = Layers(ModelZoo.Create(name, 1));

        Text(layers).ShouldBe(kernels);
        layers.ShouldAllBe(l => l.Precision == "float32" && l.Intended == "float32" && l.AsIntended);
    }

    [Theory]
    [InlineData("seed-cnn", "tensor", "conv1 QLinearConv, dense1 QGemm")]
    [InlineData("seed-cnn", "channel", "conv1 QLinearConv, dense1 QGemm")]
    [InlineData("lenet-300-100", "channel", "dense1 QGemm, dense2 QGemm, dense3 QGemm")]
    [InlineData("lenet-5", "tensor", "conv1 QLinearConv, conv2 QLinearConv, dense1 QGemm, dense2 QGemm")]
    public void A_statically_quantized_network_runs_in_int8_as_it_was_meant_to(string name, string granularity, string kernels)
    {
        var model = Quantized(name, granularity);

        var layers = Layers(model);

        Text(layers).ShouldBe(kernels);
        layers.ShouldAllBe(l => l.Precision == "int8" && l.Intended == "int8" && l.AsIntended);
        LayerKernels.Notes(model, layers).ShouldBeEmpty();
    }

    [Fact]
    public void Stored_weights_run_in_float_as_they_are_meant_to()
    {
        var model = QuantizedModel.Of(ModelZoo.Create("lenet-5", 1), ("scheme", "weights"), ("granularity", "channel")).Model;

        var layers = Layers(model);

        layers.Select(l => l.Layer).ShouldBe(["conv1", "conv2", "dense1", "dense2"]);
        layers.ShouldAllBe(l => l.Precision == "float32" && l.AsIntended);
    }

    [Fact]
    public void Every_layer_of_a_network_of_all_operators_is_found() =>
        Text(Layers(SampleModels.EveryOperator())).ShouldBe("Conv-c1 Conv, Conv-c2 FusedConv, MatMul-product FusedGemm, Gemm-gemm Gemm");

    [Fact]
    public void Layers_of_two_branches_are_told_apart()
    {
        OnnxNode Conv(string input, string number) =>
            SampleModels.Node("Conv", [input, $"w{number}", $"b{number}"], $"c{number}", SampleModels.Ints("pads", 1, 1, 1, 1));
        var model = CompressionModels.AfterConv(
            [
                SampleModels.Node("Relu", ["c"], "r"), Conv("r", "3"), Conv("r", "4"), SampleModels.Node("Add", ["c3", "c4"], "s"),
                SampleModels.Node("Relu", ["s"], "t"), SampleModels.Node("Flatten", ["t"], "flat"),
            ],
            CompressionModels.Values("w3", 6, 6, 3, 3), CompressionModels.Values("b3", 6),
            CompressionModels.Values("w4", 6, 6, 3, 3), CompressionModels.Values("b4", 6));

        Layers(model).Count(l => l is { Precision: "float32", Operator: "Conv" }).ShouldBe(3);
        Text(Layers(QuantizedModel.Of(model, ("scheme", "static")).Model))
            .ShouldBe("Conv-c QLinearConv, Conv-c3 QLinearConv, Conv-c4 QLinearConv, Gemm-y QGemm");
    }

    [Fact]
    public void Layers_that_share_their_weights_are_told_apart()
    {
        var model = SampleModels.Chain(
            SampleModels.Node("MatMul", ["x", "w"], "a"), SampleModels.Node("Tanh", ["a"], "b"), SampleModels.Node("MatMul", ["b", "w"], "c"),
            SampleModels.Node("Sigmoid", ["c"], "y")) with
        { Initializers = [CompressionModels.Values("w", 4, 4)] };

        Text(Layers(model)).ShouldBe("MatMul-a MatMul, MatMul-c MatMul");
    }

    [Fact]
    public void A_layer_that_stays_in_float_among_integers_is_found_as_such()
    {
        var model = CompressionModels.Dense();
        model = model with
        {
            Nodes = [.. model.Nodes.SelectMany(n => n.Outputs[0] == "h1"
                ? [SampleModels.Node("MatMul", ["x0", "w1"], "m1"), SampleModels.Node("Add", ["m1", "b1"], "h1")]
                : new[] { n })],
        };

        var layers = Layers(QuantizedModel.Of(model, ("scheme", "static")).Model);

        Text(layers).ShouldBe("MatMul-m1 Gemm, Gemm-h2 QGemm, Gemm-y QGemm");
        layers.ShouldAllBe(l => l.AsIntended);
    }

    [Fact]
    public void A_bias_of_another_scale_is_the_reason_why_a_layer_runs_in_float() => ShouldRunInFloat(
        With(Quantized("seed-cnn"), "conv1.conv1.bias.scale", t => OnnxTensor.Floats(t.Name, t.Shape, [.. t.ToArray<float>().Select(s => s * 2)])),
        "conv1", "the scale of its bias");

    [Fact]
    public void A_zero_point_behind_the_relu_is_the_reason_why_a_layer_runs_in_float() => ShouldRunInFloat(
        With(Quantized("seed-cnn"), "relu1.out.zero", t => OnnxTensor.Of<byte>(t.Name, OnnxElementType.UInt8, t.Shape, [10])),
        "conv1", "the zero point behind its ReLU is 10");

    [Fact]
    public void A_flatten_without_codes_of_its_own_is_the_reason_why_a_layer_runs_in_float()
    {
        var model = Quantized("lenet-300-100");

        ShouldRunInFloat(
            model with
            {
                Nodes =
                [
                    .. model.Nodes
                        .Where(n => n.Inputs[0] is not ("flatten1.out" or "flatten1.out.codes"))
                        .Select(n => n.Name == "dense1" ? n with { Inputs = ["flatten1.out", .. n.Inputs.Skip(1)] } : n),
                ],
            },
            "dense1", "its input is not quantized right before it");
    }

    [Fact]
    public void A_layer_that_cannot_be_found_is_unknown_rather_than_guessed()
    {
        var model = Quantized("lenet-300-100");

        var layers = LayerKernels.Of(model, SampleModels.Chain(SampleModels.Node("MatMul", ["x", "elsewhere"], "y")));

        layers.ShouldAllBe(l => l.Kernel == "unknown" && l.Precision == "unknown" && !l.AsIntended);
        LayerKernels.Notes(model, layers).ShouldAllBe(n => n.Contains("cannot be told"));
    }

    /// <summary>That layer alone falls out, and a sentence says so and why.</summary>
    private static void ShouldRunInFloat(OnnxModel model, string layer, string why)
    {
        var layers = Layers(model);

        layers.Where(l => !l.AsIntended).ShouldHaveSingleItem().ShouldBe(layers.Single(l => l.Layer == layer) with { Precision = "float32", Intended = "int8" });
        var note = LayerKernels.Notes(model, layers).ShouldHaveSingleItem();
        note.ShouldStartWith($"{layer} was meant to run in int8 but ONNX Runtime runs it in float (");
        note.ShouldContain(why);
    }

    private static OnnxModel Quantized(string name, string granularity = "tensor") =>
        QuantizedModel.Of(ModelZoo.Create(name, 1), ("scheme", "static"), ("granularity", granularity)).Model;

    private static OnnxModel With(OnnxModel model, string tensor, Func<OnnxTensor, OnnxTensor> change) =>
        model.Replacing(new Dictionary<string, OnnxTensor> { [tensor] = change(model.Initializer(tensor)!) });

    private static string Text(IEnumerable<LayerReport> layers) => string.Join(", ", layers.Select(l => $"{l.Layer} {l.Kernel}"));

    private static IReadOnlyList<LayerReport> Layers(OnnxModel model)
    {
        using var folder = new TemporaryFolder();
        OnnxFile.Write(model, folder.File("model.onnx"));
        RuntimeSession.Open(folder.File("model.onnx"), 1, folder.File("optimized.onnx")).Dispose();
        return LayerKernels.Of(model, OnnxFile.Read(folder.File("optimized.onnx")));
    }
}
