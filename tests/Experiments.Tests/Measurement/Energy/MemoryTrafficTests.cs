using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Measurement.Energy;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Compression;
using Grid.Experiments.Tests.Compression.Quantization;
using Grid.Experiments.Tests.Models;

namespace Grid.Experiments.Tests.Measurement.Energy;

public sealed class MemoryTrafficTests
{
    private const long Weights = (32 * 9) + (32 * 13 * 13 * 10), Biases = 32 + 10;
    private const long Image = 784, Filtered = 32 * 26 * 26, Pooled = 32 * 13 * 13, Logits = 10;

    [Fact]
    public void Floats_move_four_bytes_each_and_every_node_reads_and_writes() =>
        Of(ModelZoo.Create("seed-cnn", 1)).ShouldSatisfyAllConditions(
            t => t.WeightBytes.ShouldBe(4 * (Weights + Biases)),
            t => t.ActivationBytes.ShouldBe(4 * ((Image + Filtered) + (Filtered + Filtered) + (Filtered + Pooled) + (Pooled + Logits))));

    [Fact]
    public void Integers_move_one_byte_each_from_the_coded_image_to_the_last_layer()
    {
        var quantized = QuantizedModel.Of(ModelZoo.Create("seed-cnn", 1), ("scheme", "static")).Model;

        var traffic = Of(quantized);

        // The image is coded first; the last layer writes floats.
        traffic.ActivationBytes.ShouldBe(
            ((4 * Image) + Image) + (Image + Filtered) + (Filtered + Filtered) + (Filtered + Pooled) + (Pooled + (4 * Logits)));
        traffic.WeightBytes.ShouldBe(quantized.Initializers.Sum(t => t.Data.Length));
        traffic.WeightBytes.ShouldBeInRange(Weights + (4 * Biases), Weights + (4 * Biases) + 100);
    }

    [Fact]
    public void A_layer_that_falls_back_to_float_moves_floats()
    {
        var quantized = QuantizedModel.Of(ModelZoo.Create("seed-cnn", 1), ("scheme", "static")).Model;
        var conv = quantized.Nodes.Single(n => n.Operator == "Conv");

        var fallen = Of(quantized, new LayerReport(conv.Name, "Conv", "FusedConv", "float32", "int8"));

        fallen.ActivationBytes.ShouldBeGreaterThan(Of(quantized).ActivationBytes + (3 * 2 * Filtered));
        fallen.WeightBytes.ShouldBe(Of(quantized).WeightBytes);
    }

    [Fact]
    public void Weights_count_in_the_bytes_the_file_stores_pruned_or_not()
    {
        var model = ModelZoo.Create("seed-cnn", 1);

        Of(MagnitudePruning.Prune(model, 0.9, global: true).Model).WeightBytes.ShouldBe(Of(model).WeightBytes);
        Of(QuantizedModel.Of(model, ("scheme", "weights")).Model).WeightBytes.ShouldBe(Weights + (4 * (Biases + 2)));
        Of(ChannelPruning.Prune(model, 0.5, global: false).Model).WeightBytes.ShouldBe(4 * ((Weights / 2) + 16 + 10));
    }

    [Fact]
    public void Constants_among_the_nodes_count_like_initialisers()
    {
        var dense = CompressionModels.Dense();
        var moved = dense with
        {
            Nodes = [new OnnxNode { Operator = "Constant", Name = "c", Inputs = [], Outputs = ["w2"], Attributes = [new OnnxArgument { Name = "value", Tensor = dense.Initializer("w2") }] }, .. dense.Nodes],
            Initializers = [.. dense.Initializers.Where(t => t.Name != "w2")],
        };

        Of(moved).ShouldBe(Of(dense));
    }

    [Fact]
    public void A_constant_that_nothing_reads_moves_nothing()
    {
        var model = ModelZoo.Create("seed-cnn", 1);

        Of(model with { Initializers = [.. model.Initializers, OnnxTensor.Floats("idle", [1000], new float[1000])] }).ShouldBe(Of(model));
    }

    [Fact]
    public void Views_move_nothing() =>
        Of(SampleModels.Chain(SampleModels.Node("Flatten", ["x"], "a"), SampleModels.Node("Identity", ["a"], "y"))).ShouldBe(new MemoryTraffic(0, 0, 0));

    private static MemoryTraffic Of(OnnxModel model, params LayerReport[] layers) =>
        MemoryTraffic.Of(model, new Execution(model, layers), ShapeInference.Of(model, batch: 1));
}
