namespace Grid.Experiments.Datasets.Generated;

/// <summary>How people write the ten digits, each in one or more manners; about 1.2 wide and 2 high around the origin.</summary>
internal static class DigitShapes
{
    private static readonly Stroke ThreeBelly = Curve(-0.1, -0.08, 0.65, -0.05, 0.62, 1.02, -0.2, 1.1, -0.55, 0.72);
    private static readonly Stroke NineHead = Loop(0.48, -0.6, 0.15, -1.1, -0.5, -0.9, -0.5, -0.1, 0.1, 0.05, 0.48, -0.3);

    /// <summary>The manners of writing a digit.</summary>
    public static IReadOnlyList<IReadOnlyList<Stroke>> Of(int digit) => Shapes[digit];

    private static readonly Stroke[][][] Shapes =
    [
        [[Loop(0, -1.02, 0.5, -0.9, 0.62, 0, 0.5, 0.9, 0, 1.02, -0.5, 0.9, -0.62, 0, -0.5, -0.9)]],
        [
            [Line(0, -1, 0, 1)],
            [Line(-0.35, -0.6, 0.05, -1, 0.05, 1)],
            [Line(-0.3, -0.65, 0.05, -1, 0.05, 1), Line(-0.35, 1, 0.42, 1)],
        ],
        [
            [Curve(-0.52, -0.55, -0.42, -1.05, 0.6, -1.1, 0.55, -0.2, -0.05, 0.35, -0.52, 1), Line(-0.52, 1, 0.58, 1)],
            [Curve(-0.5, -0.7, 0, -1.25, 0.7, -0.8, 0.3, 0.1, -0.45, 0.75, -0.55, 1.05, -0.2, 0.75, 0.2, 1.05, 0.6, 0.85)],
        ],
        [
            [Curve(-0.5, -0.72, -0.25, -1.08, 0.6, -1.05, 0.55, -0.1, -0.1, -0.08), ThreeBelly],
            [Line(-0.5, -1, 0.5, -1, -0.1, -0.08), ThreeBelly],
        ],
        [
            [Line(0.25, -1, -0.58, 0.35, 0.6, 0.35), Line(0.25, -1, 0.25, 1)],
            [Line(-0.45, -1, -0.5, 0.05, 0.55, 0.05), Line(0.38, -1, 0.3, 1)],
        ],
        [
            [Line(0.5, -1, -0.38, -1, -0.45, -0.12), Curve(-0.45, -0.12, 0, -0.4, 0.65, -0.25, 0.62, 1, -0.1, 1.12, -0.55, 0.78)],
            [Curve(0.55, -0.95, 0.1, -1.05, -0.45, -0.9, -0.45, -0.2, 0.5, -0.2, 0.65, 0.6, 0.2, 1.1, -0.55, 0.95)],
        ],
        [
            [Curve(0.4, -1, -0.3, -0.85, -0.62, 0.15, -0.55, 1.05, 0.25, 1.12, 0.65, 0.6, 0.4, -0.05, -0.15, -0.05, -0.52, 0.45)],
            [Curve(0.1, -1, -0.5, -0.1, -0.55, 1.05, 0.55, 1.1, 0.5, 0.1, -0.1, 0.1, -0.48, 0.6)],
        ],
        [
            [Line(-0.52, -1, 0.52, -1, -0.12, 1)],
            [Line(-0.52, -1, 0.52, -1, -0.12, 1), Line(-0.28, -0.02, 0.42, -0.02)],
            [Curve(-0.52, -0.8, -0.4, -1, 0.6, -1, 0.45, -0.7, 0, 0.1, -0.05, 1)],
        ],
        [
            [
                Loop(0, -1.02, 0.5, -0.95, 0.48, -0.12, 0, -0.05, -0.48, -0.12, -0.5, -0.95),
                Loop(0, -0.05, 0.58, 0.05, 0.6, 0.98, 0, 1.05, -0.6, 0.98, -0.58, 0.05),
            ],
            [Loop(0.45, -0.8, -0.1, -1.15, -0.6, -0.7, -0.3, -0.2, 0.4, 0.2, 0.6, 0.8, 0, 1.15, -0.6, 0.75, -0.3, 0.15, 0.35, -0.3)],
        ],
        [
            [NineHead, Line(0.48, -0.6, 0.35, 1)],
            [NineHead, Curve(0.48, -0.6, 0.52, 0.4, 0.3, 1.1, -0.45, 0.9)],
        ],
    ];

    private static Stroke Line(params double[] coordinates) => new(Corners(coordinates), Curve: false, Closed: false);

    private static Stroke Curve(params double[] coordinates) => new(Corners(coordinates), Curve: true, Closed: false);

    private static Stroke Loop(params double[] coordinates) => new(Corners(coordinates), Curve: true, Closed: true);

    private static Place[] Corners(double[] coordinates) => [.. coordinates.Chunk(2).Select(pair => new Place(pair[0], pair[1]))];
}
