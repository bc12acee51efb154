using System.Numerics.Tensors;
using Grid.Experiments.Datasets;
using Grid.Experiments.Measurement.Runtime;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement.Accuracy;

/// <summary>How a model classified a set of images.</summary>
/// <param name="Correct">Images whose largest output is that of their label; of equal outputs the first counts.</param>
/// <param name="Undefined">Images with an output that is not a number. They count as wrong whatever else was answered.</param>
public sealed record Classification(int Images, int Correct, int Undefined)
{
    /// <summary>The share classified correctly, with its Wilson interval.</summary>
    public Metric Accuracy
    {
        get
        {
            var (low, high) = WilsonInterval.Of(Correct, Images);
            return new Metric((double)Correct / Images, "1", Provenance.Measured, low, high);
        }
    }

    /// <summary>What a user should know besides the accuracy.</summary>
    public IEnumerable<string> Notes => Undefined == 0
        ? []
        : [$"the outputs for {Undefined} of {Images} images are not numbers (NaN); they count as wrong"];

    /// <param name="batch">Images at once, at least 1; a model that fixes the number keeps its own.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <exception cref="StageException">The model does not fit the images or the classes, or the runtime cannot run it.</exception>
    public static Classification Of(
        RuntimeSession session, ImageSet images, int classes, int batch, Action<double> progress, CancellationToken cancellation)
    {
        CheckFit(session, images);
        using var bound = session.Bind(session.FixedBatch ?? Math.Min(batch, images.Count));
        CheckClasses(bound, classes);
        var (correct, undefined) = (0, 0);
        for (var first = 0; first < images.Count; first += bound.Images)
        {
            cancellation.ThrowIfCancellationRequested();
            // The last batch may keep images of the one before it: their answers are not looked at.
            var count = Math.Min(bound.Images, images.Count - first);
            images.CopyTo(first, count, bound.Input);
            bound.Run();
            for (var i = 0; i < count; i++)
            {
                var row = bound.Output.AsSpan(i * bound.OutputsPerImage, bound.OutputsPerImage);
                // The first NaN where there is one, else the first of the largest.
                var answer = TensorPrimitives.IndexOfMax(row);
                if (float.IsNaN(row[answer]))
                    undefined++;
                else if (answer == images.Labels[first + i])
                    correct++;
            }

            progress((double)(first + count) / images.Count);
        }

        return new Classification(images.Count, correct, undefined);
    }

    private static void CheckFit(RuntimeSession session, ImageSet images)
    {
        if (images.Count == 0)
            throw new StageException("there are no images to measure the accuracy with.");
        var pixels = session.Shape.Skip(1).Aggregate(1L, (a, b) => a * b);
        if (pixels != images.PixelsPerImage)
            throw new StageException($"the model takes {pixels} values per image, but the data's images have {images.PixelsPerImage}.");
    }

    private static void CheckClasses(BoundBatch bound, int classes)
    {
        if (bound.OutputsPerImage != classes)
            throw new StageException($"the model answers {bound.OutputsPerImage} values per image, but the data has {classes} classes.");
    }
}
