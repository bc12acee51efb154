using Grid.Experiments.Compression.Pruning;
using Grid.Experiments.Datasets;
using Grid.Experiments.Datasets.Generated;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Tests.Models;
using Grid.Experiments.Training;

namespace Grid.Experiments.Tests.Compression.Quantization;

/// <summary>Compressing a network that has learnt something, judged by ONNX Runtime on images it has not seen.</summary>
public sealed class CompressedAccuracyTests(CompressedAccuracyTests.Trained trained) : IClassFixture<CompressedAccuracyTests.Trained>
{
    [Fact]
    public void The_network_has_learnt_something() => Accuracy(trained.Predictions).ShouldBeGreaterThan(0.85);

    [Theory]
    [InlineData("weights", "tensor", "min-max")]
    [InlineData("weights", "channel", "min-max")]
    [InlineData("static", "tensor", "min-max")]
    [InlineData("static", "channel", "percentile")]
    [InlineData("static", "channel", "mse")]
    public void Eight_bits_hardly_change_an_answer(string scheme, string granularity, string calibration)
    {
        var quantized = QuantizedModel.Of(
            trained.Model, trained.Train, ("scheme", scheme), ("granularity", granularity), ("calibration", calibration), ("bias-correction", "true")).Model;

        var predictions = trained.Predict(quantized);

        predictions.Zip(trained.Predictions).Count(p => p.First == p.Second).ShouldBeGreaterThan((int)(0.97 * predictions.Length));
        Accuracy(predictions).ShouldBe(Accuracy(trained.Predictions), 0.015);
    }

    [Fact]
    public void A_step_of_256_leaves_a_guess()
    {
        var predictions = trained.Predict(QuantizedModel.Of(trained.Model, trained.Train, ("scheme", "weights"), ("step", "256")).Model);

        predictions.Distinct().Count().ShouldBe(1);
        Accuracy(predictions).ShouldBeLessThan(0.2);
    }

    [Fact]
    public void A_quarter_of_the_neurons_goes_at_little_loss()
    {
        var (pruned, _) = ChannelPruning.Prune(trained.Model, 0.25, global: false);

        Accuracy(trained.Predict(pruned)).ShouldBeGreaterThan(Accuracy(trained.Predictions) - 0.05);
    }

    private double Accuracy(int[] predictions) => trained.Score(predictions);

    /// <summary>lenet-300-100 after two epochs over the generated digits.</summary>
    public sealed class Trained
    {
        private readonly ImageSet test;

        public Trained()
        {
            (Train, test) = DigitPainter.Draw();
            var settings = new TrainingSettings(2, 64, "adam", 1e-3, 0, 0, "constant");
            Model = TrainingLoop.Run(ModelZoo.Create("lenet-300-100", 1), Train, 10, settings, 1, (_, _) => { }, default).Model;
            Predictions = Predict(Model);
        }

        public ImageSet Train { get; }
        public OnnxModel Model { get; }
        public int[] Predictions { get; }

        public int[] Predict(OnnxModel model)
        {
            var input = new float[test.Count * test.PixelsPerImage];
            test.CopyTo(0, test.Count, input);
            var logits = RuntimeModel.Run(model, input, test.Count, 1, 28, 28);
            return [.. logits.Chunk(10).Select(l => Array.IndexOf(l, l.Max()))];
        }

        public double Score(int[] predictions) => predictions.Zip(test.Labels).Count(p => p.First == p.Second) / (double)test.Count;
    }
}
