namespace Grid.Experiments.Datasets.Generated;

/// <summary>A place on the plane of a glyph or of an image; x to the right, y downwards.</summary>
internal readonly record struct Place(double X, double Y)
{
    public static Place operator +(Place a, Place b) => new(a.X + b.X, a.Y + b.Y);

    public static Place operator -(Place a, Place b) => new(a.X - b.X, a.Y - b.Y);

    public static Place operator *(double factor, Place a) => new(factor * a.X, factor * a.Y);
}

/// <summary>A line of the pen through or, when it is a curve, along its corners.</summary>
internal sealed record Stroke(Place[] Corners, bool Curve, bool Closed)
{
    /// <summary>
    /// The corners as they are, or cut twice at a quarter of each side (Chaikin, 1974). Only additions and multiplications, so that
    /// every machine draws the same.
    /// </summary>
    public IReadOnlyList<Place> Outline()
    {
        IReadOnlyList<Place> line = Closed ? [.. Corners, Corners[0]] : Corners;
        return Curve ? CutCorners(CutCorners(line)) : line;
    }

    private List<Place> CutCorners(IReadOnlyList<Place> line)
    {
        var cut = new List<Place>(2 * line.Count + 2);
        if (!Closed)
            cut.Add(line[0]);
        for (var i = 0; i + 1 < line.Count; i++)
        {
            var step = line[i + 1] - line[i];
            cut.Add(line[i] + 0.25 * step);
            cut.Add(line[i] + 0.75 * step);
        }
        cut.Add(Closed ? cut[0] : line[^1]);
        return cut;
    }
}
