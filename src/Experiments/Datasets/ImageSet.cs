namespace Grid.Experiments.Datasets;

/// <summary>Grey images with a label each.</summary>
/// <param name="Pixels">Count x Rows x Columns bytes, 0 black to 255 white, row major.</param>
/// <param name="Labels">Count classes, from 0.</param>
public sealed record ImageSet(byte[] Pixels, byte[] Labels, int Rows, int Columns)
{
    public int Count => Labels.Length;

    public int PixelsPerImage => Rows * Columns;

    /// <summary>Writes images [first, first + count) as floats pixel / 255 into <paramref name="target"/>, count x 1 x Rows x Columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the set.</exception>
    public void CopyTo(int first, int count, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Count);
        var source = Pixels.AsSpan(first * PixelsPerImage, count * PixelsPerImage);
        for (var i = 0; i < source.Length; i++)
            target[i] = source[i] / 255f;
    }
}
