using CsCheck;
using Grid.Experiments.Compression;
using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Compression.Quantization;
using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Randomness;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Models;
using Grid.Tests;
using Microsoft.ML.OnnxRuntime;

namespace Grid.Experiments.Tests.Compression;

public sealed class QuantizationTests : IDisposable
{
    private static readonly QuantizeSettings Weights = new(false, null, null, false, "min-max", 99.99, 64, false);
    private readonly TemporaryFolder folder = new();

    public QuantizationTests() => TorchSharp.torch.set_num_threads(1);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rounding_is_off_by_at_most_half_a_step_where_nothing_is_clamped() =>
        Gen.Select(Gen.Double[1e-4, 300], Gen.Bool, Gen.Int[2, 16]).Sample(
            (step, perChannel, bits) =>
            {
                foreach (var settings in new[] { Weights with { Step = step, PerChannel = perChannel }, Weights with { Bits = bits, PerChannel = perChannel } })
                {
                    var layer = WeightLayer.Of(ModelZoo.Create("seed-cnn", 2)).Layers[0];
                    var quantized = QuantizedWeights.Of(layer, settings);
                    var exact = layer.Weight.ToArray<float>();
                    var decoded = quantized.Decoded();
                    for (var i = 0; i < exact.Length; i++)
                        Math.Abs(exact[i] - decoded[i]).ShouldBeLessThanOrEqualTo(quantized.Steps[quantized.Steps.Length == 1 ? 0 : layer.OutputOf(i)] * 0.5001f);
                    quantized.Clamped.ShouldBe(0);
                }
            },
            iter: 30);

    [Theory]
    [InlineData(0.5f, 0)]
    [InlineData(1.5f, 2)]
    [InlineData(2.5f, 2)]
    [InlineData(-0.5f, 0)]
    [InlineData(-3.5f, -4)]
    public void Halves_round_to_even(float weight, int code) =>
        QuantizedWeights.Of(LayerOf(weight), Weights with { Step = 1 }).Codes[0].ShouldBe(code);

    [Fact]
    public void Bits_beside_a_step_clamp_and_without_bits_nothing_does()
    {
        QuantizedWeights.Of(LayerOf(100), Weights with { Step = 0.5, Bits = 4 }).ShouldSatisfyAllConditions(
            q => q.Codes[0].ShouldBe(7), q => q.Clamped.ShouldBe(1));
        QuantizedWeights.Of(LayerOf(1000), Weights with { Step = 0.5 }).Codes[0].ShouldBe(2000);
    }

    [Fact]
    public void An_absolute_step_per_channel_gives_narrow_channels_finer_steps()
    {
        var layer = new WeightLayer(
            new OnnxNode { Operator = "Gemm", Inputs = ["x", "w"], Outputs = ["y"], Attributes = [new OnnxArgument { Name = "transB", Int = 1 }] },
            OnnxTensor.Floats("w", [2, 2], [4f, 1f, 0.5f, -1f]));

        QuantizedWeights.Of(layer, Weights with { Step = 0.4, PerChannel = true }).Steps.ShouldBe([0.4f, 0.1f]);
    }

    [Theory]
    [InlineData("seed-cnn", "tensor")]
    [InlineData("lenet-300-100", "channel")]
    [InlineData("lenet-5", "channel")]
    public void Stored_codes_decode_in_the_runtime_to_the_same_logits(string name, string granularity)
    {
        var settings = Weights with { Bits = 6, PerChannel = granularity == "channel" };
        var model = ModelZoo.Create(name, 1);
        var quantized = WeightLayer.Of(model).Layers.Select(l => QuantizedWeights.Of(l, settings)).ToList();
        var decoded = model.Replacing(quantized.ToDictionary(
            q => q.Layer.Weight.Name, q => OnnxTensor.Floats(q.Layer.Weight.Name, q.Layer.Weight.Shape, q.Decoded())));

        var (stored, _) = Quantize(model, ("scheme", "weights"), ("bits", "6"), ("granularity", granularity));

        var input = RuntimeModel.Images(3);
        ShouldBeClose(RuntimeModel.Run(stored, input, 3, 1, 28, 28), RuntimeModel.Run(decoded, input, 3, 1, 28, 28), 1e-4f);
        OnnxFile.ToBytes(stored).Length.ShouldBeLessThan(OnnxFile.ToBytes(model).Length / 3);
    }

    [Theory]
    [InlineData("seed-cnn", "tensor", "min-max", 1, 1)]
    [InlineData("seed-cnn", "channel", "mse", 1, 1)]
    [InlineData("lenet-5", "channel", "percentile", 2, 2)]
    [InlineData("lenet-300-100", "tensor", "mse", 0, 3)]
    public void Every_layer_of_a_static_model_becomes_an_integer_kernel(string name, string granularity, string calibration, int convolutions, int dense)
    {
        var model = ModelZoo.Create(name, 1);
        (string, string)[] settings = calibration == "percentile" ? [("percentile", "99.9")] : [];

        var (quantized, _) = Quantize(model, [("scheme", "static"), ("granularity", granularity), ("calibration", calibration), .. settings]);

        var kernels = RuntimeKernels(quantized);
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
        var files = new List<string>();
        foreach (var name in ModelZoo.Names)
        {
            foreach (var scheme in new[] { "weights", "static" })
            {
                var file = folder.File($"{name}-{scheme}.onnx");
                OnnxFile.Write(Quantize(ModelZoo.Create(name, 1), ("scheme", scheme), ("granularity", "channel"), ("bias-correction", "true")).Model, file);
                files.Add(file);
            }
        }

        OnnxReference.Check([.. files]);
    }

    [Fact]
    public void A_step_of_256_is_carried_out_and_leaves_no_weight()
    {
        var (quantized, notes) = Quantize(ModelZoo.Create("seed-cnn", 1), ("scheme", "weights"), ("step", "256"));

        quantized.Initializer("dense1.weight.codes")!.ToArray<sbyte>().ShouldAllBe(c => c == 0);
        notes.ShouldContain(n => n.Contains("became zero"));
    }

    [Fact]
    public void Pruned_weights_stay_zero()
    {
        var (pruned, _) = MagnitudePruning.Prune(ModelZoo.Create("lenet-300-100", 1), 0.9, global: true);

        foreach (var layer in WeightLayer.Of(pruned).Layers)
        {
            var codes = QuantizedWeights.Of(layer, Weights with { Bits = 4, PerChannel = true }).Codes;
            layer.Weight.ToArray<float>().Zip(codes).Where(w => w.First == 0).ShouldAllBe(w => w.Second == 0);
        }
    }

    [Fact]
    public void Correcting_biases_brings_the_mean_logits_back()
    {
        var model = ModelZoo.Create("lenet-300-100", 3);
        var mean = MeanLogits(model);

        var plain = MeanLogits(Quantize(model, ("scheme", "weights"), ("bits", "3")).Model);
        var corrected = MeanLogits(Quantize(model, ("scheme", "weights"), ("bits", "3"), ("bias-correction", "true")).Model);

        Distance(corrected, mean).ShouldBeLessThan(Distance(plain, mean) / 2);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        (string, string)[] settings = [("scheme", "static"), ("calibration", "mse"), ("bias-correction", "true")];

        OnnxFile.ToBytes(Quantize(ModelZoo.Create("seed-cnn", 1), settings).Model)
            .ShouldBe(OnnxFile.ToBytes(Quantize(ModelZoo.Create("seed-cnn", 1), settings).Model));
    }

    [Fact]
    public void Other_operators_stay_in_float_and_the_notes_say_which()
    {
        var (quantized, notes) = Quantize(SampleModels.EveryOperator() with
        {
            Inputs = [new OnnxValue("x", OnnxElementType.Float, [OnnxDimension.Batch, 2, 14, 28])],
        }, ("scheme", "static"));

        notes.ShouldContain(n => n.Contains("MatMul") && n.Contains("stays in float"));
        RuntimeModel.Run(quantized, RuntimeModel.Images(1), 1, 2, 14, 28).ShouldAllBe(v => float.IsFinite(v));
    }

    private static float[] MeanLogits(OnnxModel model)
    {
        var images = Images();
        var input = new float[images.Count * 784];
        images.CopyTo(0, images.Count, input);
        var logits = RuntimeModel.Run(model, input, images.Count, 1, 28, 28);
        return [.. Enumerable.Range(0, 10).Select(c => Enumerable.Range(0, images.Count).Average(i => logits[(i * 10) + c]))];
    }

    private static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum());

    private (OnnxModel Model, IReadOnlyList<string> Notes) Quantize(OnnxModel model, params (string Key, string Value)[] settings)
    {
        OnnxFile.Write(model, folder.File("in.onnx"));
        var result = new QuantizeStage().Run(new StageContext
        {
            Settings = new StageSettings(settings.Append(("samples", "64")).ToDictionary(s => s.Item1, s => s.Item2)),
            InputPath = folder.File("in.onnx"),
            OutputPath = folder.File("out.onnx"),
            Data = () => new Dataset("noise", true, 10, Images(), Images(), Images()),
        });
        return (OnnxFile.Read(folder.File("out.onnx")), result.Notes);
    }

    private static ImageSet Images()
    {
        var random = new RandomStream(11);
        return new ImageSet([.. Enumerable.Range(0, 64 * 784).Select(_ => (byte)random.NextInt(256))], new byte[64], 28, 28);
    }

    private List<string> RuntimeKernels(OnnxModel model)
    {
        var optimized = folder.File("optimized.onnx");
        using (var options = new SessionOptions { OptimizedModelFilePath = optimized, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR })
        using (new InferenceSession(OnnxFile.ToBytes(model), options))
            return [.. OnnxFile.Read(optimized).Nodes.Select(n => n.Operator)];
    }

    private static WeightLayer LayerOf(float weight) => new(
        new OnnxNode { Operator = "MatMul", Inputs = ["x", "w"], Outputs = ["y"] }, OnnxTensor.Floats("w", [1, 1], [weight]));

    private static void ShouldBeClose(float[] actual, float[] expected, float tolerance)
    {
        actual.Length.ShouldBe(expected.Length);
        for (var i = 0; i < actual.Length; i++)
            actual[i].ShouldBe(expected[i], tolerance);
    }
}
