using CsCheck;
using Grid.Experiments.Compression;
using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Compression.Quantization;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;

namespace Grid.Experiments.Tests.Compression.Quantization;

public sealed class QuantizedWeightsTests
{
    private static readonly QuantizeSettings Weights = new(false, null, null, false, "min-max", 99.99, 64, false);

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
    public void Quantizing_what_is_quantized_changes_nothing() => Gen.Select(Gen.Double[1e-3, 2], Gen.Bool).Sample(
        (step, perChannel) =>
        {
            var layer = WeightLayer.Of(ModelZoo.Create("seed-cnn", 2)).Layers[0];
            var once = QuantizedWeights.Of(layer, Weights with { Step = step, PerChannel = perChannel });
            var decoded = layer with { Weight = OnnxTensor.Floats(layer.Weight.Name, layer.Weight.Shape, once.Decoded()) };

            // By the same steps: a second look at the ranges would find them narrower by the rounding.
            var grid = decoded.Weight.ToArray<float>().Select((w, i) => Math.Round((double)w / once.Steps[once.Steps.Length == 1 ? 0 : layer.OutputOf(i)]));

            grid.ShouldBe(once.Codes.Select(c => (double)c));
            if (!perChannel)
                QuantizedWeights.Of(decoded, Weights with { Step = step }).Codes.ShouldBe(once.Codes);
        },
        iter: 20);

    [Fact]
    public void Steps_too_small_for_any_integer_clamp_instead_of_wrapping_around()
    {
        var quantized = QuantizedWeights.Of(LayerOf(3), Weights with { Step = 1e-12 });

        quantized.Codes.ShouldBe([int.MaxValue]);
        quantized.Clamped.ShouldBe(1);
    }

    private static WeightLayer LayerOf(float weight) => new(
        new OnnxNode { Operator = "MatMul", Inputs = ["x", "w"], Outputs = ["y"] }, OnnxTensor.Floats("w", [1, 1], [weight]));
}
