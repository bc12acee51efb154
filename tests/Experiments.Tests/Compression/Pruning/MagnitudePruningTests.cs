using CsCheck;
using Grid.Experiments.Compression;
using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Tests.Models;

namespace Grid.Experiments.Tests.Compression.Pruning;

public sealed class MagnitudePruningTests
{
    [Fact]
    public void A_ratio_zeroes_exactly_that_share_of_each_layer() => Gen.Double[0, 0.99].Sample(
        ratio =>
        {
            var (model, _) = MagnitudePruning.Prune(ModelZoo.Create("seed-cnn", 1), ratio, global: false);
            foreach (var layer in WeightLayer.Of(model).Layers)
                Zeros(layer.Weight).ShouldBe((int)Math.Round(ratio * layer.Weight.Count, MidpointRounding.ToEven));
        },
        iter: 20);

    [Fact]
    public void A_global_ratio_zeroes_exactly_that_share_of_all_weights_together()
    {
        var (model, _) = MagnitudePruning.Prune(ModelZoo.Create("lenet-300-100", 1), 0.9, global: true);

        var layers = WeightLayer.Of(model).Layers;
        layers.Sum(l => Zeros(l.Weight)).ShouldBe((int)Math.Round(0.9 * layers.Sum(l => l.Weight.Count)));
        layers.Select(l => (double)Zeros(l.Weight) / l.Weight.Count).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void What_is_kept_is_larger_than_what_went_and_unchanged()
    {
        var before = ModelZoo.Create("lenet-300-100", 1);

        var (after, _) = MagnitudePruning.Prune(before, 0.5, global: false);

        foreach (var layer in WeightLayer.Of(before).Layers)
        {
            var pairs = layer.Weight.ToArray<float>().Zip(after.Initializer(layer.Weight.Name)!.ToArray<float>()).ToList();
            var kept = pairs.Where(p => p.Second != 0).ToList();
            kept.ShouldAllBe(p => p.First == p.Second);
            kept.Min(p => Math.Abs(p.First)).ShouldBeGreaterThanOrEqualTo(pairs.Where(p => p.Second == 0).Max(p => Math.Abs(p.First)));
        }

        after.Metadata[OnnxMetadata.Pruned].Split('\n').ShouldBe(["dense1.weight", "dense2.weight", "dense3.weight"]);
    }

    [Fact]
    public void Among_equal_weights_the_earlier_go_first()
    {
        var model = SampleModels.TakesVectors();

        var (pruned, _) = MagnitudePruning.Prune(model with { Initializers = [OnnxTensor.Floats("w", [784, 10], Enumerable.Repeat(1f, 7840).ToArray())] }, 0.25, false);

        pruned.Initializer("w")!.ToArray<float>().ShouldBe(Enumerable.Repeat(0f, 1960).Concat(Enumerable.Repeat(1f, 5880)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_that_two_layers_share_are_pruned_once(bool global)
    {
        var model = CompressionModels.Dense();
        // The second hidden layer is applied twice.
        model = model with
        {
            Nodes = [.. model.Nodes.SelectMany(n => n.Outputs[0] == "h2"
                ? [n, SampleModels.Node("Gemm", ["h2", "w2", "b2"], "again")]
                : new[] { n with { Inputs = [.. n.Inputs.Select(i => i == "h2" ? "again" : i)] } })],
        };

        var (pruned, _) = MagnitudePruning.Prune(model, 0.25, global);

        string[] names = ["w1", "w2", "w3"];
        var zeros = names.Select(n => Zeros(pruned.Initializer(n)!)).ToList();
        if (global)
            zeros.Sum().ShouldBe((15680 + 400 + 200) / 4);
        else
            zeros.ShouldBe([15680 / 4, 400 / 4, 200 / 4]);
        pruned.Metadata[OnnxMetadata.Pruned].Split('\n').ShouldBe(names);
    }

    [Fact]
    public void Pruning_again_by_the_same_ratio_changes_nothing()
    {
        var (once, _) = MagnitudePruning.Prune(ModelZoo.Create("lenet-5", 1), 0.7, global: true);

        OnnxFile.ToBytes(MagnitudePruning.Prune(once, 0.7, global: true).Model).ShouldBe(OnnxFile.ToBytes(once));
    }

    private static int Zeros(OnnxTensor tensor) => tensor.ToArray<float>().Count(w => w == 0);
}
