using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Randomness;
using Grid.Experiments.Stages;
using Grid.Experiments.Training;

namespace Grid.Experiments.Tests.Training;

public sealed class TrainingLoopTests
{
    private static readonly TrainingSettings Sgd = new(3, 16, "sgd", 0.05, 0.9, 1e-4, "cosine");

    [Theory]
    [InlineData("sgd", "constant", 0.1)]
    [InlineData("sgd", "cosine", 0.1)]
    [InlineData("adam", "step", 0.003)]
    public void Training_lowers_the_loss(string optimizer, string schedule, double rate)
    {
        var images = Stripes(200);
        var settings = Sgd with { Optimizer = optimizer, Schedule = schedule, LearningRate = rate };
        var start = ModelZoo.Create("lenet-300-100", 1);

        var once = Train(start, images, settings with { Epochs = 1 }).Loss;
        var longer = Train(start, images, settings with { Epochs = 6 }).Loss;

        longer.ShouldBeLessThan(once / 2);
    }

    [Fact]
    public void The_same_seed_gives_bitwise_the_same_model_and_another_one_does_not()
    {
        var images = Stripes(100);
        var start = ModelZoo.Create("seed-cnn", 1);

        var first = OnnxFile.ToBytes(Train(start, images, Sgd, seed: 1).Model);

        OnnxFile.ToBytes(Train(start, images, Sgd, seed: 1).Model).ShouldBe(first);
        OnnxFile.ToBytes(Train(start, images, Sgd, seed: 2).Model).ShouldNotBe(first);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    public void Pruned_weights_stay_zero_while_the_others_learn(string optimizer)
    {
        var start = WithZeros(ModelZoo.Create("lenet-300-100", 1), "dense1.weight");

        var trained = Train(start, Stripes(100), Sgd with { Optimizer = optimizer, LearningRate = 0.01 }).Model;

        var before = start.Initializer("dense1.weight")!.ToArray<float>();
        var after = trained.Initializer("dense1.weight")!.ToArray<float>();
        after.Zip(before).Where(w => w.Second == 0).ShouldAllBe(w => BitConverter.SingleToUInt32Bits(w.First) == 0, "not even -0");
        after.Zip(before).Count(w => w.Second != 0 && w.First != w.Second).ShouldBeGreaterThan(before.Length / 4);
    }

    [Fact]
    public void A_model_that_ends_in_probabilities_is_trained_on_its_logits()
    {
        var logits = ModelZoo.Create("lenet-300-100", 1);
        var probabilities = logits with
        {
            Nodes = [.. logits.Nodes, new OnnxNode { Operator = "Softmax", Inputs = ["logits"], Outputs = ["p"] }],
            Outputs = [logits.Outputs[0] with { Name = "p" }],
        };

        var trained = Train(probabilities, Stripes(100), Sgd).Model;

        trained.Nodes[^1].Operator.ShouldBe("Softmax");
        trained.Initializer("dense1.weight")!.Data.ShouldBe(Train(logits, Stripes(100), Sgd).Model.Initializer("dense1.weight")!.Data);
    }

    [Fact]
    public void No_epochs_leave_the_model_as_it_is()
    {
        var start = ModelZoo.Create("seed-cnn", 1);

        OnnxFile.ToBytes(Train(start, Stripes(20), Sgd with { Epochs = 0 }).Model).ShouldBe(OnnxFile.ToBytes(start));
    }

    [Fact]
    public void Progress_runs_from_nothing_to_less_than_everything_and_names_the_epoch()
    {
        var reports = new List<(double Share, string Text)>();

        TrainingLoop.Run(
            ModelZoo.Create("seed-cnn", 1), Stripes(100), 10, Sgd with { Batch = 1 }, 1, (share, text) => reports.Add((share, text)), CancellationToken.None);

        reports.Select(r => r.Share).ShouldBe([0, 1 / 3.0, 2 / 3.0], 1e-9);
        reports.ShouldAllBe(r => r.Text.StartsWith("epoch "));
    }

    [Fact]
    public void A_training_that_diverges_says_what_to_change()
    {
        var error = Should.Throw<StageException>(() =>
            Train(ModelZoo.Create("lenet-300-100", 1), Stripes(200), Sgd with { LearningRate = 1e20, Epochs = 5 }));

        error.Message.ShouldContain("lower it");
    }

    [Fact]
    public void A_model_that_does_not_fit_the_data_is_refused()
    {
        var images = new ImageSet(new byte[9 * 4], [0, 1, 2, 3], 3, 3);

        Should.Throw<StageException>(() => Train(ModelZoo.Create("seed-cnn", 1), images, Sgd)).Message.ShouldContain("784");
    }

    [Fact]
    public void Training_stops_between_batches_when_it_is_cancelled() => Should.Throw<OperationCanceledException>(() => TrainingLoop.Run(
        ModelZoo.Create("lenet-300-100", 1), Stripes(100), 10, Sgd, 1, (_, _) => { }, new CancellationToken(canceled: true)));

    private static (OnnxModel Model, double Loss) Train(OnnxModel model, ImageSet images, TrainingSettings settings, long seed = 1) =>
        TrainingLoop.Run(model, images, 10, settings, seed, (_, _) => { }, CancellationToken.None);

    private static OnnxModel WithZeros(OnnxModel model, string name)
    {
        var tensor = model.Initializer(name)!;
        var weights = tensor.ToArray<float>();
        for (var i = 0; i < weights.Length; i += 2)
            weights[i] = 0;
        return model with
        {
            Initializers = [.. model.Initializers.Select(t => t == tensor ? OnnxTensor.Floats(name, t.Shape, weights) : t)],
            Metadata = new Dictionary<string, string> { [OnnxMetadata.Pruned] = name },
        };
    }

    /// <summary>Noise with a bright stripe whose place tells the class.</summary>
    private static ImageSet Stripes(int count)
    {
        var random = new RandomStream(3);
        var pixels = new byte[count * 784];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(random.NextInt(100) + (i % 784 / 28 / 2 == i / 784 % 10 ? 150 : 0));
        return new ImageSet(pixels, [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))], 28, 28);
    }
}
