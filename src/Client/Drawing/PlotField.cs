namespace Grid.Client.Drawing;

/// <summary>The inside of a terminal plot: marks in cells, over the staircase of the frontier.</summary>
internal sealed class PlotField
{
    private readonly Mark?[,] marks;
    private readonly BrailleCanvas canvas;
    private readonly PlotGlyphs glyphs;
    private readonly int width;

    public PlotField(Scatter scatter, int width, int height, PlotGlyphs glyphs)
    {
        this.width = width;
        this.glyphs = glyphs;
        marks = new Mark?[width, height];
        canvas = new BrailleCanvas(width, height);
        if (glyphs.Braille)
            DrawStaircase(scatter, height);
        // The reference last, beside what else has its place: it is what the others are looked at against, and must not hide one that is as good.
        foreach (var mark in scatter.Marks.OrderBy(m => m.Kind == MarkKind.Reference))
        {
            var (column, row) = (TerminalPlot.Column(scatter.XAxis.Position(mark.X), width), TerminalPlot.Row(scatter.YAxis.Position(mark.Y), height));
            if (mark.Kind == MarkKind.Reference)
                (column, row) = Beside(column, row, height);
            marks[column, row] = mark;
        }
    }

    /// <summary>The cell, or where it holds a point of the frontier the next one that does not; itself where all around do.</summary>
    private (int Column, int Row) Beside(int column, int row, int height)
    {
        (int Column, int Row)[] places = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)];
        foreach (var (right, down) in places)
            if (column + right is >= 0 and var x && x < width && row + down is >= 0 and var y && y < height && marks[x, y]?.Kind is not (MarkKind.Frontier or MarkKind.Recommended))
                return (x, y);
        return (column, row);
    }

    /// <summary>Runs of one line: of marks of one kind, or (null) of the staircase and empty space.</summary>
    public IEnumerable<(string Text, MarkKind? Kind)> Row(int row)
    {
        var start = 0;
        for (var column = 1; column <= width; column++)
        {
            if (column < width && marks[column, row]?.Kind == marks[start, row]?.Kind)
                continue;
            var kind = marks[start, row]?.Kind;
            yield return (string.Concat(Enumerable.Range(start, column - start).Select(c => Cell(c, row))), kind);
            start = column;
        }
    }

    private char Cell(int column, int row) => marks[column, row] is { } mark ? glyphs.Of(mark.Kind) : canvas.At(column, row) ?? ' ';

    private void DrawStaircase(Scatter scatter, int height)
    {
        (int X, int Y)? last = null;
        foreach (var mark in scatter.Staircase())
        {
            // The middle of the mark's cell, so that the line meets the mark.
            var x = TerminalPlot.Column(scatter.XAxis.Position(mark.X), width) * 2 + 1;
            var y = TerminalPlot.Row(scatter.YAxis.Position(mark.Y), height) * 4 + 2;
            if (last is { } from)
            {
                canvas.Line(from.X, from.Y, x, from.Y);
                canvas.Line(x, from.Y, x, y);
            }
            last = (x, y);
        }
    }
}
