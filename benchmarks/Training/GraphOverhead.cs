using System.Diagnostics;
using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Randomness;
using Grid.Experiments.Training;
using static TorchSharp.torch;

namespace Grid.Benchmarks.Training;

/// <summary>
/// What Grid's training costs beyond torch's own work: an epoch of its loop over the ONNX graph, from model to model, against an epoch of
/// the same network and optimizer written by hand. Both run in turn in one process, on one thread; the ratio is the median of the pairs.
/// </summary>
internal static class GraphOverhead
{
    private const int Images = 5120, Batch = 128, Rounds = 9;
    private const double LearningRate = 0.01, Limit = 1.15;

    /// <returns>0, or 1 when the ratio is above the limit.</returns>
    public static int Run()
    {
        set_num_threads(1);
        var images = Noise();
        var start = ModelZoo.Create("lenet-5", 1);
        using var bare = new BareLeNet(start);
        var settings = new TrainingSettings(1, Batch, "sgd", LearningRate, 0, 0, "constant");
        var (byHand, byGraph) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            // Who goes first changes, so that neither always finds the warmer machine.
            var graph = () => Time(byGraph, () => TrainingLoop.Run(start, images, 10, settings, 1, (_, _) => { }, CancellationToken.None));
            var hand = () => Time(byHand, () => bare.Train(images, Batch, LearningRate));
            foreach (var epoch in round % 2 == 0 ? [hand, graph] : new[] { graph, hand })
                epoch();
        }

        // The first round warms up.
        var ratios = byGraph.Zip(byHand, (g, h) => g / h).Skip(1).Order().ToArray();
        var ratio = ratios[Rounds / 2];
        Console.WriteLine($"LeNet-5, batch {Batch}, SGD, 1 thread, {Rounds} pairs of epochs of {Images} images");
        Console.WriteLine($"by hand in TorchSharp  {byHand.Skip(1).Order().ElementAt(Rounds / 2):0.000} s");
        Console.WriteLine($"Grid's training loop   {byGraph.Skip(1).Order().ElementAt(Rounds / 2):0.000} s");
        Console.WriteLine($"ratio                  {ratio:0.000} ({ratios[0]:0.000} to {ratios[^1]:0.000}), at most {Limit}");
        return ratio <= Limit ? 0 : 1;
    }

    private static void Time(List<double> times, Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        times.Add(watch.Elapsed.TotalSeconds);
    }

    private static ImageSet Noise()
    {
        var random = new RandomStream(1);
        var pixels = new byte[Images * 784];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)random.NextInt(256);
        return new ImageSet(pixels, [.. Enumerable.Range(0, Images).Select(i => (byte)(i % 10))], 28, 28);
    }
}
