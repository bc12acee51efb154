namespace Grid.Client.Drawing;

/// <summary>Lines in a field of braille characters: each cell holds 2 x 4 dots.</summary>
internal sealed class BrailleCanvas(int width, int height)
{
    private static readonly int[,] Dots = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };
    private readonly int[,] cells = new int[width, height];

    public int DotsWide => width * 2;
    public int DotsHigh => height * 4;

    /// <summary>A straight line between two dots, ends included; what lies outside is not drawn.</summary>
    public void Line(int x0, int y0, int x1, int y1)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)));
        for (var i = 0; i <= steps; i++)
            Set(x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps);
    }

    /// <summary>The character of a cell; null when nothing is drawn there.</summary>
    public char? At(int column, int row) => cells[column, row] == 0 ? null : (char)(0x2800 + cells[column, row]);

    private void Set(int x, int y)
    {
        if (x >= 0 && y >= 0 && x < DotsWide && y < DotsHigh)
            cells[x / 2, y / 4] |= Dots[x % 2, y % 4];
    }
}
