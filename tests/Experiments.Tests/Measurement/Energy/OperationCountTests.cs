using Grid.Experiments.Measurement.Energy;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Compression;
using Grid.Experiments.Tests.Compression.Quantization;
using Grid.Experiments.Tests.Models;

namespace Grid.Experiments.Tests.Measurement.Energy;

public sealed class OperationCountTests
{
    private const long Pixels = 26 * 26;
    private const long Filtered = 32 * Pixels;
    private const long Pooled = 32 * 13 * 13;

    /// <summary>One product per filter, pixel and weight of the kernel, and per class and pooled value.</summary>
    private const long Products = (Filtered * 9) + (Pooled * 10);

    [Fact]
    public void A_convolution_counts_its_kernel_once_per_output() =>
        OperationCount.Of(ModelZoo.Create("seed-cnn", 1), []).ShouldBe(new OperationCount(
            FloatMultiplies: Products, FloatAdds: Products + (Filtered + 10) + Filtered + (Pooled * 3)));

    [Fact]
    public void A_static_model_multiplies_8_bits_and_rescales_each_output_in_float() =>
        OperationCount.Of(Static(), []).ShouldBe(new OperationCount(
            FloatMultiplies: 784 + Filtered + 10, FloatAdds: 784 + Filtered + 10, Int8Multiplies: Products,
            Int8Adds: Filtered + (Pooled * 3), Int32Adds: Products + Filtered + 10));

    [Fact]
    public void What_the_runtime_executes_counts_not_what_the_file_asks_for()
    {
        var quantized = Static();
        var conv = quantized.Nodes.Single(n => n.Operator == "Conv");

        var count = OperationCount.Of(quantized, [new LayerReport(conv.Name, "Conv", "FusedConv", "float32", "int8")]);

        count.Int8Multiplies.ShouldBe(Pooled * 10);
        // The image and the kernel's weights are decoded, and the pooling's input is coded again.
        count.FloatMultiplies.ShouldBe((Filtered * 9) + 784 + 784 + (32 * 9) + 32 + Filtered + 10);
    }

    [Fact]
    public void A_reported_integer_kernel_counts_as_one_without_the_types_saying_so()
    {
        var model = ModelZoo.Create("lenet-300-100", 1);
        var layers = model.Nodes.Where(n => n.Operator == "Gemm").Select(n => new LayerReport(n.Name, "Gemm", "QGemm", "int8", "float32")).ToList();

        var count = OperationCount.Of(model, layers);

        count.Int8Multiplies.ShouldBe(266_200);
        count.FloatMultiplies.ShouldBe(410);
    }

    [Fact]
    public void Weights_stored_as_integers_are_decoded_by_one_multiplication_each() =>
        OperationCount.Of(QuantizedModel.Of(ModelZoo.Create("seed-cnn", 1), ("scheme", "weights")).Model, []).FloatMultiplies
            .ShouldBe(Products + (32 * 9) + (Pooled * 10));

    [Theory]
    [InlineData(1, 4374 * 6)]
    [InlineData(2, 4374 * 3)]
    [InlineData(6, 4374)]
    public void A_group_multiplies_only_its_own_channels(int groups, long products)
    {
        var model = CompressionModels.Model(
            [SampleModels.Node("Conv", ["x", "w"], "y", SampleModels.Ints("strides", 3, 3), new OnnxArgument { Name = "group", Int = groups })],
            [CompressionModels.Values("w", 6, 6 / groups, 3, 3)]) with
        { Inputs = [new OnnxValue("x", OnnxElementType.Float, [OnnxDimension.Batch, 6, 28, 28])] };

        OperationCount.Of(model, []).ShouldBe(new OperationCount(FloatMultiplies: products, FloatAdds: products));
    }

    [Fact]
    public void Every_operator_Grid_trains_is_counted()
    {
        var model = SampleModels.EveryOperator();

        OperationCount.Of(model, []).FloatMultiplies.ShouldBeGreaterThan(0);
        EstimatedEnergy.PerInference(model, []).Value.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    private static OnnxModel Static() => QuantizedModel.Of(ModelZoo.Create("seed-cnn", 1), ("scheme", "static")).Model;
}
