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
        foreach (var mark in scatter.Marks)
            marks[TerminalPlot.Column(scatter.XAxis.Position(mark.X), width), TerminalPlot.Row(scatter.YAxis.Position(mark.Y), height)] = mark;
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
