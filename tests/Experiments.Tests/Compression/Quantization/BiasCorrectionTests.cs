using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Tests.Models;

namespace Grid.Experiments.Tests.Compression.Quantization;

public sealed class BiasCorrectionTests
{
    public BiasCorrectionTests() => TorchSharp.torch.set_num_threads(1);

    [Theory]
    [InlineData("seed-cnn")]
    [InlineData("lenet-5")]
    [InlineData("lenet-300-100")]
    public void The_mean_logits_over_the_calibration_images_come_back_exactly(string name)
    {
        var model = ModelZoo.Create(name, 3);

        var corrected = QuantizedModel.Of(model, ("scheme", "weights"), ("bits", "2"), ("bias-correction", "true")).Model;

        ShouldHaveMeanLogitsOf(model, corrected);
    }

    [Fact]
    public void Layers_with_factors_of_their_own_are_corrected_too()
    {
        var model = CompressionModels.Dense();
        model = model with
        {
            Nodes = [.. model.Nodes.Select(n => n.Operator != "Gemm" ? n
                : n with { Attributes = [new OnnxArgument { Name = "alpha", Float = 0.5f }, new OnnxArgument { Name = "beta", Float = 4f }] })],
        };

        var corrected = QuantizedModel.Of(model, ("scheme", "weights"), ("bits", "3"), ("bias-correction", "true")).Model;

        ShouldHaveMeanLogitsOf(model, corrected);
    }

    [Fact]
    public void A_layer_without_a_bias_gets_one()
    {
        var model = CompressionModels.Dense();
        model = model with
        {
            Nodes = [.. model.Nodes.Select(n => n.Operator != "Gemm" ? n : n with { Inputs = [.. n.Inputs.Take(2)] })],
            Initializers = [.. model.Initializers.Where(t => t.Name[0] == 'w')],
        };

        var corrected = QuantizedModel.Of(model, ("scheme", "weights"), ("bits", "3"), ("bias-correction", "true")).Model;

        ShouldHaveMeanLogitsOf(model, corrected);
    }

    [Fact]
    public void A_bias_that_is_computed_stays_and_the_notes_say_so()
    {
        var model = CompressionModels.Dense();
        model = model with
        {
            Nodes = [SampleModels.Node("Relu", ["b3"], "computed"), .. model.Nodes.Select(n => n with { Inputs = [.. n.Inputs.Select((name, i) => i == 2 && name == "b3" ? "computed" : name)] })],
        };

        var (corrected, notes) = QuantizedModel.Of(model, ("scheme", "weights"), ("bits", "3"), ("bias-correction", "true"));

        corrected.Nodes.Single(n => n.Outputs[0] == "y").Inputs[2].ShouldBe("computed");
        notes.ShouldContain(n => n.Contains("'Gemm-y'") && n.Contains("not corrected"));
    }

    [Fact]
    public void A_layer_that_multiplies_its_bias_by_zero_stays_and_the_notes_say_so()
    {
        var model = CompressionModels.Dense();
        model = model with
        {
            Nodes = [.. model.Nodes.Select(n => n.Outputs[0] != "h2" ? n : n with { Attributes = [new OnnxArgument { Name = "beta", Float = 0f }] })],
        };

        var (corrected, notes) = QuantizedModel.Of(model, ("scheme", "weights"), ("bits", "3"), ("bias-correction", "true"));

        corrected.Nodes.Single(n => n.Outputs[0] == "h2").Inputs[2].ShouldBe("b2");
        notes.Where(n => n.Contains("not corrected")).ShouldBe(["quantize: the bias of 'Gemm-h2' (Gemm) is not corrected: its beta is zero"]);
    }

    [Fact]
    public void A_matrix_product_has_no_bias_to_correct_and_the_notes_say_so()
    {
        var (_, notes) = QuantizedModel.Of(SampleModels.EveryOperator() with
        {
            Inputs = [new OnnxValue("x", OnnxElementType.Float, [OnnxDimension.Batch, 2, 14, 28])],
        }, ("scheme", "weights"), ("bits", "4"), ("bias-correction", "true"));

        notes.Where(n => n.Contains("not corrected")).ShouldBe(["quantize: the bias of 'MatMul-product' (MatMul) is not corrected: a MatMul has no bias"]);
    }

    private static void ShouldHaveMeanLogitsOf(OnnxModel exact, OnnxModel corrected)
    {
        var expected = MeanLogits(exact);
        var actual = MeanLogits(corrected);
        for (var i = 0; i < 10; i++)
            actual[i].ShouldBe(expected[i], 1e-4f * Math.Max(1, Math.Abs(expected[i])));
    }

    private static float[] MeanLogits(OnnxModel model)
    {
        var images = QuantizedModel.Noise;
        var input = new float[images.Count * 784];
        images.CopyTo(0, images.Count, input);
        var logits = RuntimeModel.Run(model, input, images.Count, 1, 28, 28);
        return [.. Enumerable.Range(0, 10).Select(c => Enumerable.Range(0, images.Count).Average(i => logits[(i * 10) + c]))];
    }
}
