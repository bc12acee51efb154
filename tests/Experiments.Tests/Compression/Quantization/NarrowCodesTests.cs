using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Tests.Models;

namespace Grid.Experiments.Tests.Compression.Quantization;

/// <summary>Widths other than the eight bits that the file's integers have.</summary>
public sealed class NarrowCodesTests
{
    public NarrowCodesTests() => TorchSharp.torch.set_num_threads(1);

    [Theory]
    [InlineData("weights", 2)]
    [InlineData("weights", 5)]
    [InlineData("static", 2)]
    [InlineData("static", 4)]
    [InlineData("static", 8)]
    public void Codes_use_all_levels_of_their_width_and_none_beyond(string scheme, int bits)
    {
        var quantized = QuantizedModel.Of(ModelZoo.Create("lenet-5", 1), ("scheme", scheme), ("bits", $"{bits}")).Model;

        var largest = (1 << (bits - 1)) - 1;
        foreach (var layer in new[] { "conv1", "conv2", "dense1", "dense2" })
        {
            var codes = quantized.Initializer($"{layer}.weight.codes")!.ToArray<sbyte>();
            codes.Max(c => Math.Abs((int)c)).ShouldBe(largest);
            codes.Distinct().Count().ShouldBeLessThanOrEqualTo((2 * largest) + 1);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Static_models_of_few_bits_run_on_integers_still(int bits)
    {
        var quantized = QuantizedModel.Of(
            ModelZoo.Create("lenet-5", 1), ("scheme", "static"), ("bits", $"{bits}"), ("granularity", "channel"), ("bias-correction", "true")).Model;

        QuantizedModel.Kernels(quantized).ShouldNotContain(k => k == "Conv" || k == "FusedConv" || k == "Gemm");
        RuntimeModel.Run(quantized, RuntimeModel.Images(2), 2, 1, 28, 28).ShouldAllBe(v => float.IsFinite(v));
    }

    [Theory]
    [InlineData("lenet-5")]
    [InlineData("lenet-300-100")]
    public void Weights_of_seven_bits_saturate_on_no_processor(string name)
    {
        var (quantized, notes) = QuantizedModel.Of(ModelZoo.Create(name, 1), ("scheme", "static"), ("bits", "7"));

        var images = RuntimeModel.Images(8);
        RuntimeModel.RunByDefault(quantized, images, 8, 1, 28, 28).ShouldBe(RuntimeModel.Run(quantized, images, 8, 1, 28, 28));
        notes.ShouldNotContain(n => n.Contains("saturate"));
    }

    [Theory]
    [InlineData("static", "auto", true)]
    [InlineData("static", "8", true)]
    [InlineData("weights", "8", false)]
    public void The_notes_say_that_eight_bits_may(string scheme, string bits, bool told) =>
        QuantizedModel.Of(ModelZoo.Create("seed-cnn", 1), ("scheme", scheme), ("bits", bits)).Notes
            .Any(n => n.Contains("VNNI") && n.Contains("saturate")).ShouldBe(told);

    [Fact]
    public void Every_further_bit_brings_the_logits_closer()
    {
        var model = ModelZoo.Create("lenet-300-100", 1);

        var errors = new[] { 2, 4, 8, 12, 16 }.Select(bits => Error(model, QuantizedModel.Of(model, ("scheme", "weights"), ("bits", $"{bits}")).Model)).ToList();

        errors.ShouldBe(errors.OrderDescending());
        errors[^1].ShouldBeLessThan(errors[0] / 1000);
    }

    private static double Error(OnnxModel exact, OnnxModel quantized)
    {
        var images = RuntimeModel.Images(8);
        return RuntimeModel.Run(exact, images, 8, 1, 28, 28).Zip(RuntimeModel.Run(quantized, images, 8, 1, 28, 28), (a, b) => (double)Math.Abs(a - b)).Max();
    }
}
