using Spectre.Console;
using Spectre.Console.Rendering;

namespace Grid.Client.Drawing;

/// <summary>A column whose cells are never broken.</summary>
/// <param name="Group">What stands over it and its neighbours of the same group; null for nothing.</param>
/// <param name="Left">For words; numbers stand to the right.</param>
internal sealed record FixedColumn(string Heading, IReadOnlyList<string> Cells, string? Group = null, bool Left = false)
{
    /// <summary>Between it and the next.</summary>
    public const int Gap = 2;

    public int Width { get; } = Cells.Select(c => c.Length).Append(Heading.Length).Max();

    /// <summary>As wide as the column.</summary>
    public string Pad(string text) => Left ? text.PadRight(Width) : text.PadLeft(Width);
}

/// <summary>Columns whose cells stay whole, and behind them a text for each row, which takes the room that is left and is broken between words alone.</summary>
/// <param name="Heading">Of the texts.</param>
/// <param name="Texts">One a row.</param>
/// <param name="Styles">Of the other cells of each row.</param>
/// <param name="Fold">Whether long texts go on in further lines; otherwise they are cut, so that each row takes one line.</param>
internal sealed record FoldedTable(string Heading, IReadOnlyList<string> Texts, IReadOnlyList<Style> Styles, bool Fold = true)
{
    /// <summary>A text in less than that is hard to read.</summary>
    private const int LeastText = 24;

    /// <summary>Whether there is enough room for the texts beside those columns.</summary>
    public bool Fits(IReadOnlyList<FixedColumn> columns, int maxWidth) =>
        Before(columns) + Math.Min(Texts.Select(s => s.Length).Append(Heading.Length).Max(), LeastText) <= maxWidth;

    /// <summary>With as many of the columns as leave enough room for the texts; the last give way first.</summary>
    /// <param name="least">That stay in any case.</param>
    public IEnumerable<Segment> DrawFitting(IReadOnlyList<FixedColumn> columns, int least, RenderOptions options, int maxWidth)
    {
        while (columns.Count > least && !Fits(columns, maxWidth))
            columns = [.. columns.SkipLast(1)];
        return Draw(columns, options, maxWidth);
    }

    public IEnumerable<Segment> Draw(IReadOnlyList<FixedColumn> columns, RenderOptions options, int maxWidth)
    {
        var before = Before(columns);
        var room = Math.Max(8, maxWidth - before);
        var line = options.Unicode ? '─' : '-';
        if (columns.Any(c => c.Group is not null))
        {
            yield return new Segment(Groups(columns, line), new Style(decoration: Decoration.Bold));
            yield return Segment.LineBreak;
        }
        yield return new Segment(string.Concat(columns.Select(c => c.Pad(c.Heading) + "  ")) + Heading, new Style(decoration: Decoration.Bold));
        yield return Segment.LineBreak;
        yield return new Segment(new string(line, Math.Min(maxWidth, before + Math.Min(room, Texts.Select(s => s.Length).Append(8).Max()))), new Style(Color.Grey));
        yield return Segment.LineBreak;
        for (var row = 0; row < Texts.Count; row++)
        {
            yield return new Segment(string.Concat(columns.Select(c => c.Pad(c.Cells[row]) + "  ")), Styles[row]);
            var lines = Fold ? Folding.Fold(Texts[row], room) : [Cut(Texts[row], room)];
            for (var i = 0; i < lines.Count; i++)
            {
                yield return new Segment((i > 0 ? new string(' ', before) : "") + lines[i]);
                yield return Segment.LineBreak;
            }
        }
    }

    private static int Before(IReadOnlyList<FixedColumn> columns) => columns.Sum(c => c.Width + FixedColumn.Gap);

    /// <summary>The name of each group over its columns, with a line as long as they are wide.</summary>
    private static string Groups(IReadOnlyList<FixedColumn> columns, char line)
    {
        var text = "";
        for (var i = 0; i < columns.Count;)
        {
            var group = columns.Skip(i).TakeWhile(c => c.Group == columns[i].Group).ToList();
            var width = Before(group) - FixedColumn.Gap;
            text += (group[0].Group is { } name ? Cut($"{name} ".PadRight(width, line), width) : new string(' ', width)) + new string(' ', FixedColumn.Gap);
            i += group.Count;
        }
        return text.TrimEnd();
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : string.Concat(text.AsSpan(0, width - 1), "…");
}
