using Spectre.Console;
using Spectre.Console.Rendering;

namespace Grid.Client.Drawing;

/// <summary>A text that takes one line however narrow the terminal is: what does not fit is cut.</summary>
internal sealed class OneLine(string text, Style? style = null) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var line = text.ReplaceLineEndings(" ");
        var ellipsis = options.Unicode ? "…" : "...";
        // In columns, not characters: some take two.
        if (line.GetCellWidth() > maxWidth)
        {
            while (line.Length > 0 && line.GetCellWidth() + ellipsis.Length > maxWidth)
                line = line[..^1];
            line += ellipsis;
        }
        yield return new Segment(line, style ?? Style.Plain);
        yield return Segment.LineBreak;
    }
}
