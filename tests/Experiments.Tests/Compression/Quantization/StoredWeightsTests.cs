using Grid.Experiments.Compression;
using Grid.Experiments.Compression.Quantization;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Tests.Models;

namespace Grid.Experiments.Tests.Compression.Quantization;

public sealed class StoredWeightsTests
{
    private static readonly QuantizeSettings Weights = new(false, null, null, false, "min-max", 99.99, 64, false);

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

        var (stored, _) = QuantizedModel.Of(model, ("scheme", "weights"), ("bits", "6"), ("granularity", granularity));

        var input = RuntimeModel.Images(3);
        ShouldBeClose(RuntimeModel.Run(stored, input, 3, 1, 28, 28), RuntimeModel.Run(decoded, input, 3, 1, 28, 28), 1e-4f);
        OnnxFile.ToBytes(stored).Length.ShouldBeLessThan(OnnxFile.ToBytes(model).Length / 3);
    }

    [Fact]
    public void A_step_of_256_is_carried_out_and_leaves_no_weight()
    {
        var (quantized, notes) = QuantizedModel.Of(ModelZoo.Create("seed-cnn", 1), ("scheme", "weights"), ("step", "256"));

        quantized.Initializer("dense1.weight.codes")!.ToArray<sbyte>().ShouldAllBe(c => c == 0);
        notes.ShouldContain(n => n.Contains("became zero"));
    }

    [Theory]
    [InlineData("tensor")]
    [InlineData("channel")]
    public void The_runtime_decodes_when_it_loads_and_then_runs_the_kernels_of_the_float_model(string granularity)
    {
        foreach (var name in ModelZoo.Names)
        {
            var model = ModelZoo.Create(name, 1);

            var stored = QuantizedModel.Of(model, ("scheme", "weights"), ("granularity", granularity)).Model;

            QuantizedModel.Kernels(stored).ShouldBe(QuantizedModel.Kernels(model));
        }
    }

    [Theory]
    [InlineData("0.01", OnnxElementType.Int8, 0.5f)]
    [InlineData("0.0001", OnnxElementType.Int16, 0.005f)]
    [InlineData("0.0000001", OnnxElementType.Int32, 0.00001f)]
    public void Codes_take_the_smallest_type_that_holds_them(string step, OnnxElementType type, float error)
    {
        var model = ModelZoo.Create("seed-cnn", 1);

        var (stored, notes) = QuantizedModel.Of(model, ("scheme", "weights"), ("step", step));

        stored.Initializer("conv1.weight.codes")!.Type.ShouldBe(type);
        notes.ShouldContain(n => n.Contains("of 54368 weights") && n.Contains("0.0 % were clamped"));
        var images = RuntimeModel.Images(1);
        ShouldBeClose(RuntimeModel.Run(stored, images, 1, 1, 28, 28), RuntimeModel.Run(model, images, 1, 1, 28, 28), error);
    }

    [Fact]
    public void The_notes_say_what_was_clamped_and_that_narrow_codes_take_bytes()
    {
        var (_, notes) = QuantizedModel.Of(ModelZoo.Create("seed-cnn", 1), ("scheme", "weights"), ("bits", "2"), ("step", "0.01"));

        notes.ShouldContain(n => n.Contains("'conv1' (Conv)") && n.Contains("clamped"));
        notes.ShouldContain(n => n.Contains("2 bits") && n.Contains("byte"));
    }

    private static void ShouldBeClose(float[] actual, float[] expected, float tolerance)
    {
        actual.Length.ShouldBe(expected.Length);
        for (var i = 0; i < actual.Length; i++)
            actual[i].ShouldBe(expected[i], tolerance);
    }
}
