using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Torch;
using Grid.Experiments.Randomness;
using Grid.Experiments.Stages;
using static TorchSharp.torch;

namespace Grid.Experiments.Training;

/// <summary>
/// Minimises the softmax cross-entropy of a classifier. On one thread of torch, with shuffles from a stream of its own, the same
/// settings, seed, model and data give bitwise the same weights.
/// </summary>
public static class TrainingLoop
{
    private const int StepsBetweenReports = 100;

    /// <param name="report">Share done and a text for people.</param>
    /// <returns>The trained model and the mean loss of the last epoch; NaN when there was none.</returns>
    /// <exception cref="StageException">The loss became infinite, or the model does not fit the data.</exception>
    public static (OnnxModel Model, double Loss) Run(
        OnnxModel model, ImageSet images, int classes, TrainingSettings settings, long seed, Action<double, string> report, CancellationToken cancellation)
    {
        CheckFit(model, images, classes);
        using var graph = new TrainableGraph(ProbabilityHead.Without(model));
        using var pruned = new PrunedWeights(model, graph);
        using var pixels = tensor(images.Pixels, [images.Count, 1, images.Rows, images.Columns]);
        using var labels = tensor(images.Labels.Select(l => (long)l).ToArray());
        using var optimizer = Optimizer(settings, graph);
        var random = new RandomStream(RandomStream.Mix(unchecked((ulong)seed), 0x7261696eUL));
        var order = Enumerable.Range(0, images.Count).Select(i => (long)i).ToArray();
        var stepsPerEpoch = (images.Count + settings.Batch - 1) / settings.Batch;
        var steps = (long)stepsPerEpoch * settings.Epochs;
        var mean = double.NaN;
        for (var (epoch, step) = (1, 0L); epoch <= settings.Epochs; epoch++)
        {
            random.Shuffle(order.AsSpan());
            using var shuffled = tensor(order);
            using var total = zeros(1, ScalarType.Float64);
            for (var first = 0; first < order.Length; first += settings.Batch, step++)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var group in optimizer.ParamGroups)
                    group.LearningRate = settings.RateAt(step, steps);
                using var scope = NewDisposeScope();
                var chosen = shuffled.slice(0, first, Math.Min(first + settings.Batch, order.Length), 1);
                var input = pixels.index_select(0, chosen).to(ScalarType.Float32).div_(255);
                var loss = nn.functional.cross_entropy(graph.Forward(input), labels.index_select(0, chosen));
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
                pruned.Restore();
                total.add_(loss.detach() * chosen.shape[0]);
                if (step % StepsBetweenReports == 0)
                    report((double)step / steps, $"epoch {epoch}/{settings.Epochs}, loss {Finite(loss.item<float>(), settings):0.000}");
            }

            mean = Finite(total.item<double>() / order.Length, settings);
        }

        return (model with { Initializers = graph.ToModel().Initializers }, mean);
    }

    private static double Finite(double loss, TrainingSettings settings) => double.IsFinite(loss)
        ? loss
        : throw new StageException($"training diverged (the loss became {loss}) at learning rate {settings.LearningRate}: lower it.");

    private static optim.Optimizer Optimizer(TrainingSettings settings, TrainableGraph graph)
    {
        if (graph.Parameters.Count == 0)
            throw new StageException("the model has no weights to train.");
        return settings.Optimizer switch
        {
            "adam" => optim.Adam(graph.Parameters.Values, settings.LearningRate, weight_decay: settings.WeightDecay),
            "sgd" => optim.SGD(graph.Parameters.Values, settings.LearningRate, settings.Momentum, weight_decay: settings.WeightDecay),
            _ => throw new StageSettingsException($"There is no optimizer '{settings.Optimizer}'; there are adam and sgd."),
        };
    }

    private static void CheckFit(OnnxModel model, ImageSet images, int classes)
    {
        if (images.Count == 0)
            throw new StageException("there are no images to train on.");
        if (DataFit.Misfit(model, images.PixelsPerImage, classes) is { } misfit)
            throw new StageException(misfit);
    }
}
