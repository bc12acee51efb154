using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;
using Grid.Experiments.Telemetry;
using Grid.Experiments.Training.Checkpoints;
using static TorchSharp.torch;

namespace Grid.Experiments.Training;

/// <summary>
/// Minimises the softmax cross-entropy of a classifier. On one thread of torch, with shuffles from a stream of its own, the same
/// settings, seed, model and data give bitwise the same weights, whether in one go or from checkpoint to checkpoint.
/// </summary>
public static class TrainingLoop
{
    private const int StepsBetweenReports = 100;

    /// <summary>Epochs that a span tells of.</summary>
    private const int MostMoments = 100;

    /// <param name="report">Share done and a text for people.</param>
    /// <returns>The trained model and the mean loss of the last epoch; NaN when there was none.</returns>
    /// <exception cref="StageException">The loss became infinite, or the model does not fit the data.</exception>
    public static (OnnxModel Model, double Loss) Run(
        OnnxModel model, ImageSet images, int classes, TrainingSettings settings, long seed, Action<double, string> report, CancellationToken cancellation) =>
        Run(model, images, classes, settings, seed, new TrainingCheckpoints(null), report, cancellation);

    internal static (OnnxModel Model, double Loss) Run(
        OnnxModel model, ImageSet images, int classes, TrainingSettings settings, long seed, TrainingCheckpoints checkpoints,
        Action<double, string> report, CancellationToken cancellation)
    {
        CheckFit(model, images, classes);
        using var training = checkpoints.Begin(() => new TrainingState(model, settings));
        using var pixels = tensor(images.Pixels, [images.Count, 1, images.Rows, images.Columns]);
        using var labels = tensor(images.Labels.Select(l => (long)l).ToArray());
        var order = new EpochOrder(images.Count, seed);
        var stepsPerEpoch = (images.Count + settings.Batch - 1) / settings.Batch;
        var steps = (long)stepsPerEpoch * settings.Epochs;
        var mean = double.NaN;
        if (training.EpochsDone > 0)
            report((double)training.EpochsDone / settings.Epochs, $"goes on after epoch {training.EpochsDone}/{settings.Epochs}");
        while (training.EpochsDone < settings.Epochs)
        {
            var epoch = training.EpochsDone + 1;
            var step = (long)training.EpochsDone * stepsPerEpoch;
            using var shuffled = tensor(order.Of(epoch));
            using var total = zeros(1, ScalarType.Float64);
            for (var first = 0; first < images.Count; first += settings.Batch, step++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var chosen = shuffled.slice(0, first, Math.Min(first + settings.Batch, images.Count), 1);
                var input = pixels.index_select(0, chosen).to(ScalarType.Float32).div_(255);
                var loss = training.Step(input, labels.index_select(0, chosen), settings.RateAt(step, steps));
                total.add_(loss.detach() * chosen.shape[0]);
                if (step % StepsBetweenReports == 0)
                    report((double)step / steps, $"epoch {epoch}/{settings.Epochs}, loss {Finite(loss.item<float>(), settings):0.000}");
            }

            mean = Finite(total.item<double>() / images.Count, settings);
            training.EpochsDone = epoch;
            if (epoch % EpochsBetweenMoments(settings.Epochs) == 0 || epoch == settings.Epochs)
                Tracing.Tell(GridTelemetry.Events.Epoch, (GridTelemetry.Attributes.Epoch, epoch), (GridTelemetry.Attributes.Loss, mean));
            if (epoch < settings.Epochs)
                checkpoints.Offer(training);
        }

        return (training.Model, mean);
    }

    private static int EpochsBetweenMoments(int epochs) => (epochs + MostMoments - 1) / MostMoments;

    private static double Finite(double loss, TrainingSettings settings) => double.IsFinite(loss)
        ? loss
        : throw new StageException($"training diverged (the loss became {loss}) at learning rate {settings.LearningRate}: lower it.");

    private static void CheckFit(OnnxModel model, ImageSet images, int classes)
    {
        if (images.Count == 0)
            throw new StageException("there are no images to train on.");
        if (DataFit.Misfit(model, images.PixelsPerImage, classes) is { } misfit)
            throw new StageException(misfit);
    }
}
