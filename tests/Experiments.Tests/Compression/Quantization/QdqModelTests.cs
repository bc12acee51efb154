using Grid.Experiments.Compression;
using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Tests.Models;
using Grid.Tests;

namespace Grid.Experiments.Tests.Compression.Quantization;

public sealed class QdqModelTests
{
    public QdqModelTests() => TorchSharp.torch.set_num_threads(1);

    [Theory]
    [InlineData("seed-cnn", "tensor", "min-max", 1, 1)]
    [InlineData("seed-cnn", "channel", "mse", 1, 1)]
    [InlineData("lenet-5", "channel", "percentile", 2, 2)]
    [InlineData("lenet-300-100", "tensor", "mse", 0, 3)]
    public void Every_layer_of_a_static_model_becomes_an_integer_kernel(string name, string granularity, string calibration, int convolutions, int dense)
    {
        var model = ModelZoo.Create(name, 1);
        (string, string)[] settings = calibration == "percentile" ? [("percentile", "99.9")] : [];

        var (quantized, _) = QuantizedModel.Of(model, [("scheme", "static"), ("granularity", granularity), ("calibration", calibration), .. settings]);

        var kernels = QuantizedModel.Kernels(quantized);
        kernels.Count(k => k == "QLinearConv").ShouldBe(convolutions);
        kernels.Count(k => k == "QGemm").ShouldBe(dense);
        kernels.ShouldNotContain(k => k == "Conv" || k == "FusedConv" || k == "Gemm" || k == "MatMul");
        var input = RuntimeModel.Images(3);
        var exact = RuntimeModel.Run(model, input, 3, 1, 28, 28);
        ShouldBeClose(RuntimeModel.Run(quantized, input, 3, 1, 28, 28), exact, 0.2f * (exact.Max() - exact.Min()));
    }

    [Fact]
    public void Everything_quantized_passes_the_reference_checker()
    {
        using var folder = new TemporaryFolder();
        var files = new List<string>();
        foreach (var name in ModelZoo.Names)
        {
            foreach (var scheme in new[] { "weights", "static" })
            {
                var file = folder.File($"{name}-{scheme}.onnx");
                OnnxFile.Write(QuantizedModel.Of(ModelZoo.Create(name, 1), ("scheme", scheme), ("granularity", "channel"), ("bias-correction", "true")).Model, file);
                files.Add(file);
            }
        }

        OnnxReference.Check([.. files]);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        (string, string)[] settings = [("scheme", "static"), ("calibration", "mse"), ("bias-correction", "true")];

        OnnxFile.ToBytes(QuantizedModel.Of(ModelZoo.Create("seed-cnn", 1), settings).Model)
            .ShouldBe(OnnxFile.ToBytes(QuantizedModel.Of(ModelZoo.Create("seed-cnn", 1), settings).Model));
    }

    [Fact]
    public void Other_operators_stay_in_float_and_the_notes_say_which()
    {
        var (quantized, notes) = QuantizedModel.Of(SampleModels.EveryOperator() with
        {
            Inputs = [new OnnxValue("x", OnnxElementType.Float, [OnnxDimension.Batch, 2, 14, 28])],
        }, ("scheme", "static"));

        notes.ShouldContain(n => n.Contains("MatMul") && n.Contains("stays in float"));
        RuntimeModel.Run(quantized, RuntimeModel.Images(1), 1, 2, 14, 28).ShouldAllBe(v => float.IsFinite(v));
    }

    [Theory]
    [InlineData("seed-cnn")]
    [InlineData("lenet-5")]
    [InlineData("lenet-300-100")]
    public void Pruned_weights_and_channels_stay_pruned_and_still_run_on_integers(string name)
    {
        var (narrow, _) = ChannelPruning.Prune(ModelZoo.Create(name, 1), 0.4, global: false);
        var (pruned, _) = MagnitudePruning.Prune(narrow, 0.8, global: false);

        var quantized = QuantizedModel.Of(pruned, ("scheme", "static"), ("granularity", "channel"), ("bias-correction", "true")).Model;

        QuantizedModel.Kernels(quantized).ShouldNotContain(k => k == "Conv" || k == "FusedConv" || k == "Gemm");
        foreach (var layer in WeightLayer.Of(pruned).Layers)
        {
            var codes = quantized.Initializer($"{layer.Weight.Name}.codes")!;
            codes.Shape.ShouldBe(layer.Weight.Shape);
            layer.Weight.ToArray<float>().Zip(codes.ToArray<sbyte>()).Where(w => w.First == 0).ShouldAllBe(w => w.Second == 0);
        }
    }

    private static void ShouldBeClose(float[] actual, float[] expected, float tolerance)
    {
        actual.Length.ShouldBe(expected.Length);
        for (var i = 0; i < actual.Length; i++)
            actual[i].ShouldBe(expected[i], tolerance);
    }
}
