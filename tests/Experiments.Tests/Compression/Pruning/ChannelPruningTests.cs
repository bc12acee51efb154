using Grid.Experiments.Compression;
using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Models;

namespace Grid.Experiments.Tests.Compression.Pruning;

public sealed class ChannelPruningTests
{
    [Theory]
    [InlineData("seed-cnn", false)]
    [InlineData("lenet-5", false)]
    [InlineData("lenet-300-100", true)]
    public void Taking_channels_out_gives_the_logits_of_silencing_them(string name, bool global)
    {
        var model = ModelZoo.Create(name, 2);

        var (pruned, _) = ChannelPruning.Prune(model, 0.5, global);

        var input = RuntimeModel.Images(4);
        var expected = RuntimeModel.Run(Silenced(model, pruned), input, 4, 1, 28, 28);
        var actual = RuntimeModel.Run(pruned, input, 4, 1, 28, 28);
        for (var i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], 1e-4f);
    }

    [Fact]
    public void Shapes_really_shrink_and_readers_follow()
    {
        var (pruned, notes) = ChannelPruning.Prune(ModelZoo.Create("lenet-5", 1), 0.5, global: false);

        pruned.Initializer("conv1.weight")!.Shape.ShouldBe([10, 1, 5, 5]);
        pruned.Initializer("conv2.weight")!.Shape.ShouldBe([25, 10, 5, 5]);
        pruned.Initializer("dense1.weight")!.Shape.ShouldBe([250, 25 * 16]);
        pruned.Initializer("dense2.weight")!.Shape.ShouldBe([10, 250]);
        ShapeInference.Of(pruned)["logits"].ShouldBe([1, 10]);
        OnnxFile.ToBytes(pruned).Length.ShouldBeLessThan(OnnxFile.ToBytes(ModelZoo.Create("lenet-5", 1)).Length / 3);
        notes.ShouldContain(n => n.Contains("dense2") && n.Contains("output"));
    }

    [Fact]
    public void One_channel_always_stays()
    {
        var (pruned, _) = ChannelPruning.Prune(ModelZoo.Create("seed-cnn", 1), 0.999, global: false);

        pruned.Initializer("conv1.weight")!.Shape[0].ShouldBe(1);
    }

    [Fact]
    public void Normalisations_and_added_biases_shrink_with_their_channels_and_branches_stay_whole()
    {
        var (pruned, notes) = ChannelPruning.Prune(SampleModels.EveryOperator(), 0.5, global: false);

        // w1 feeds a grouped convolution, w4 makes the output; the filters of w2 end in a gate of two branches.
        notes.Count(n => n.Contains("keeps all of its channels")).ShouldBe(3);
        pruned.Initializer("w3")!.Shape.ShouldBe([6, 4]);
        pruned.Initializer("b3")!.Shape.ShouldBe([4]);
        pruned.Initializer("w4")!.Shape.ShouldBe([4, 3]);
        ShapeInference.Of(pruned)["y"].ShouldBe([1, 3]);
    }

    [Fact]
    public void A_model_without_channels_to_take_out_says_why()
    {
        var error = Should.Throw<StageException>(() => ChannelPruning.Prune(SampleModels.TakesVectors(), 0.5, global: false));

        error.Message.ShouldContain("the model's output");
    }

    private static HashSet<int> Positions(float[] kept, float[] all)
    {
        all.Distinct().Count().ShouldBe(all.Length, "biases tell channels apart");
        return [.. kept.Select(b => Array.IndexOf(all, b))];
    }

    /// <summary>The original with weights and bias of every missing channel at zero. A kept channel is known by its bias.</summary>
    private static OnnxModel Silenced(OnnxModel model, OnnxModel pruned)
    {
        var tensors = model.Initializers.ToDictionary(t => t.Name);
        foreach (var layer in WeightLayer.Of(model).Layers)
        {
            var kept = WeightLayer.Of(pruned).Layers.Single(l => l.Node.Name == layer.Node.Name);
            if (kept.Outputs == layer.Outputs)
                continue;
            var biases = model.Initializer(layer.Bias!)!.ToArray<float>();
            var stays = Positions(pruned.Initializer(kept.Bias!)!.ToArray<float>(), biases);
            var weights = layer.Weight.ToArray<float>();
            for (var i = 0; i < weights.Length; i++)
                weights[i] = stays.Contains(layer.OutputOf(i)) ? weights[i] : 0;
            tensors[layer.Weight.Name] = OnnxTensor.Floats(layer.Weight.Name, layer.Weight.Shape, weights);
            tensors[layer.Bias!] = OnnxTensor.Floats(layer.Bias!, [biases.Length], biases.Select((b, i) => stays.Contains(i) ? b : 0).ToArray());
        }

        return model with { Initializers = [.. model.Initializers.Select(t => tensors[t.Name])] };
    }
}
