using Grid.Experiments.Randomness;

namespace Grid.Experiments.Datasets;

/// <summary>Splits the training files into what a network learns from and what it is chosen by.</summary>
public static class DatasetSplit
{
    // Keeps the split independent of other streams that are seeded with the same small number.
    private const ulong Purpose = 0x73706c6974;

    /// <summary>
    /// Validation is the first images of a permutation that depends on the split seed alone, training the ones that follow; the
    /// test images stay as they are. So two sweeps with one seed and one validation count choose by the same images, however many
    /// they train on.
    /// </summary>
    /// <exception cref="DatasetException">The counts ask for no images or for more than there are.</exception>
    public static Dataset Split(DatasetDefinition definition, DataSettings settings, ImageSet train, ImageSet test)
    {
        Check(settings, train.Count);
        var order = new int[train.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        new RandomStream(RandomStream.Mix(Purpose, (ulong)settings.SplitSeed)).Shuffle<int>(order);
        var learn = order.AsSpan(settings.ValidationCount);
        return new(
            definition.Name,
            definition.Generated,
            definition.Classes,
            Pick(train, learn[..(settings.TrainCount ?? learn.Length)]),
            Pick(train, order.AsSpan(0, settings.ValidationCount)),
            test);
    }

    private static void Check(DataSettings settings, int available)
    {
        if (settings.ValidationCount < 1 || settings.ValidationCount >= available)
            throw new DatasetException(
                $"{settings.Name}: {settings.ValidationCount:N0} images for validation; choose from 1 to {available - 1:N0}, "
                + $"for the training files hold {available:N0}.");
        var left = available - settings.ValidationCount;
        if (settings.TrainCount is { } count && (count < 1 || count > left))
            throw new DatasetException(
                $"{settings.Name}: {count:N0} images for training; choose from 1 to {left:N0}, "
                + $"which is what {settings.ValidationCount:N0} for validation leave of {available:N0}.");
    }

    private static ImageSet Pick(ImageSet source, ReadOnlySpan<int> images)
    {
        var size = source.PixelsPerImage;
        var pixels = new byte[images.Length * size];
        var labels = new byte[images.Length];
        for (var i = 0; i < images.Length; i++)
        {
            source.Pixels.AsSpan(images[i] * size, size).CopyTo(pixels.AsSpan(i * size));
            labels[i] = source.Labels[images[i]];
        }
        return source with { Pixels = pixels, Labels = labels };
    }
}
