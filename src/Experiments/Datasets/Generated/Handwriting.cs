using Grid.Experiments.Randomness;

namespace Grid.Experiments.Datasets.Generated;

/// <summary>How one image is written: where, how large, how slanted, with which pen.</summary>
internal sealed record Handwriting(Place Right, Place Down, Place Centre, double Unsteadiness, double Radius, double Brightness)
{
    public static Handwriting Random(RandomStream random, int side)
    {
        var size = DigitPainter.Between(random, 7.5, 10.2);
        var width = size * DigitPainter.Between(random, 0.8, 1.2);
        var slant = DigitPainter.Between(random, -0.3, 0.3);

        // Half the tangent of the angle gives sine and cosine without the platform's trigonometry; up to about 14 degrees.
        var half = DigitPainter.Between(random, -0.12, 0.12);
        var cosine = (1 - half * half) / (1 + half * half);
        var sine = 2 * half / (1 + half * half);
        return new(
            width * new Place(cosine, sine),
            size * new Place(-sine - slant * cosine, cosine - slant * sine),
            new((side - 1) / 2.0 + DigitPainter.Between(random, -1.5, 1.5), (side - 1) / 2.0 + DigitPainter.Between(random, -1.5, 1.5)),
            DigitPainter.Between(random, 0.02, 0.12),
            DigitPainter.Between(random, 0.8, 1.8),
            DigitPainter.Between(random, 0.6, 1));
    }

    /// <summary>The line the pen takes on the image: the corners missed by a little, then placed.</summary>
    public IReadOnlyList<Place> Write(Stroke stroke, RandomStream random)
    {
        var missed = stroke.Corners.Select(corner => corner + new Place(Miss(random), Miss(random))).ToArray();
        return [.. (stroke with { Corners = missed }).Outline().Select(p => Centre + p.X * Right + p.Y * Down)];
    }

    private double Miss(RandomStream random) => DigitPainter.Between(random, -Unsteadiness, Unsteadiness);
}
