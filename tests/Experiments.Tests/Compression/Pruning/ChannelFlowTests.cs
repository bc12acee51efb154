using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Models;

namespace Grid.Experiments.Tests.Compression.Pruning;

/// <summary>Channels that pass through what users' networks are made of, compared with the network whose readers ignore them.</summary>
public sealed class ChannelFlowTests
{
    private static readonly OnnxNode Flatten = SampleModels.Node("Flatten", ["c"], "flat");

    [Fact]
    public void A_reshape_to_a_fixed_length_follows_its_channels()
    {
        var model = CompressionModels.AfterConv([SampleModels.Node("Reshape", ["c", "shape"], "flat")], OnnxTensor.Longs("shape", [2], [-1, 486]));

        ShouldIgnoreWhatWent(model, keeps: 3);
    }

    [Fact]
    public void A_normalisation_after_flattening_shrinks_by_whole_channels() => ShouldIgnoreWhatWent(
        CompressionModels.AfterConv(
            [Flatten with { Outputs = ["f"] }, SampleModels.Node("BatchNormalization", ["f", "gamma", "beta", "mu", "variance"], "flat")],
            CompressionModels.Values("gamma", 486), CompressionModels.Values("beta", 486), CompressionModels.Values("mu", 486),
            OnnxTensor.Floats("variance", [486], Enumerable.Range(0, 486).Select(i => 1f + (i / 99f)).ToArray())),
        keeps: 3);

    [Theory]
    [InlineData("Add")]
    [InlineData("Sub")]
    [InlineData("Mul")]
    [InlineData("Div")]
    public void Arithmetic_with_a_value_per_channel_shrinks_before_and_after_flattening(string type) => ShouldIgnoreWhatWent(
        CompressionModels.AfterConv(
            [
                SampleModels.Node(type, ["c", "each"], "c2"), SampleModels.Node("Flatten", ["c2"], "f"),
                SampleModels.Node(type, ["f", "pixels"], "f2"), SampleModels.Node(type, ["one", "f2"], "flat"),
            ],
            CompressionModels.Values("each", 6, 1, 1), CompressionModels.Values("pixels", 486), CompressionModels.Values("one", 1)),
        keeps: 3);

    [Theory]
    [InlineData("b1", "gamma")]
    [InlineData("gamma", "beta")]
    public void Layers_whose_values_serve_two_nodes_stay_whole(string kept, string replaced)
    {
        var model = CompressionModels.AfterConv(
            [SampleModels.Node("BatchNormalization", ["c", .. new[] { "gamma", "beta", "mu", "mu2" }.Select(n => n == replaced ? kept : n)], "n"), Flatten with { Inputs = ["n"] }],
            [.. new[] { "gamma", "beta", "mu", "mu2" }.Select(n => CompressionModels.Values(n, 6))]);

        Should.Throw<StageException>(() => ChannelPruning.Prune(model, 0.5, global: false)).Message.ShouldContain($"'{kept}'");
    }

    [Fact]
    public void A_computed_bias_leaves_the_layer_whole()
    {
        var model = CompressionModels.Dense();
        model = model with
        {
            Nodes = [SampleModels.Node("Relu", ["b1"], "computed"), .. model.Nodes.Select(n => n with { Inputs = [.. n.Inputs.Select((name, i) => i == 2 && name == "b1" ? "computed" : name)] })],
        };

        var (pruned, notes) = ChannelPruning.Prune(model, 0.5, global: false);

        pruned.Initializer("w1")!.Shape.ShouldBe([784, 20]);
        pruned.Initializer("w2")!.Shape.ShouldBe([20, 10]);
        notes.ShouldContain(n => n.Contains("'computed'") && n.Contains("keeps all"));
    }

    [Fact]
    public void A_matrix_product_along_the_rows_of_images_is_no_reader_of_channels()
    {
        var model = CompressionModels.AfterConv(
            [SampleModels.Node("MatMul", ["c", "rows"], "m"), Flatten with { Inputs = ["m"] }], CompressionModels.Values("rows", 9, 9));

        Should.Throw<StageException>(() => ChannelPruning.Prune(model, 0.5, global: false)).Message.ShouldContain("MatMul");
    }

    [Fact]
    public void A_bias_shared_by_two_layers_keeps_both_whole()
    {
        var model = CompressionModels.Dense();
        model = model with { Nodes = [.. model.Nodes.Select(n => n with { Inputs = [.. n.Inputs.Select(i => i == "b2" ? "b1" : i)] })] };

        Should.Throw<StageException>(() => ChannelPruning.Prune(model, 0.5, global: false)).Message.ShouldContain("'b1'");
    }

    /// <summary>Silences in the original, at the reader, the inputs that came from channels that went; a kept filter is known by its bias.</summary>
    private static void ShouldIgnoreWhatWent(OnnxModel model, int keeps)
    {
        var (pruned, _) = ChannelPruning.Prune(model, 0.5, global: false);

        pruned.Initializer("w1")!.Shape[0].ShouldBe(keeps);
        var biases = model.Initializer("b1")!.ToArray<float>();
        var stays = pruned.Initializer("b1")!.ToArray<float>().Select(b => Array.IndexOf(biases, b)).ToHashSet();
        stays.Count.ShouldBe(keeps);
        var weights = model.Initializer("w2")!.ToArray<float>().Select((w, i) => stays.Contains(i % 486 / 81) ? w : 0).ToArray();
        var deaf = model with { Initializers = [.. model.Initializers.Where(t => t.Name != "w2"), OnnxTensor.Floats("w2", [10, 486], weights)] };
        var images = RuntimeModel.Images(3);
        var expected = RuntimeModel.Run(deaf, images, 3, 1, 28, 28);
        var actual = RuntimeModel.Run(OnnxFile.Parse(OnnxFile.ToBytes(pruned)), images, 3, 1, 28, 28);
        for (var i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], 1e-3f * Math.Max(1, Math.Abs(expected[i])));
    }
}
