namespace Grid.Client.Drawing;

/// <summary>The characters a terminal plot is made of. Kinds of points differ in shape, so that the plot reads without colour.</summary>
internal sealed record PlotGlyphs(char Dominated, char Reference, char Frontier, char Recommended, char Vertical, char Horizontal, char Corner, char TickUp, char TickLeft, bool Braille)
{
    public static PlotGlyphs Unicode { get; } = new('·', '◇', '●', '★', '│', '─', '└', '┴', '┤', true);

    public static PlotGlyphs Ascii { get; } = new('.', 'R', 'o', '*', '|', '-', '+', '+', '+', false);

    public char Of(MarkKind kind) => kind switch
    {
        MarkKind.Dominated => Dominated,
        MarkKind.Reference => Reference,
        MarkKind.Frontier => Frontier,
        _ => Recommended,
    };
}
