using Spectre.Console;
using Spectre.Console.Rendering;

namespace Grid.Client.Live;

/// <summary>A bar as wide as there is room for, with the share done behind it.</summary>
internal sealed class ProgressLine(double fraction) : Renderable
{
    private const int MostColumns = 100;
    private const int ColumnsOfShare = 6;

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var width = Math.Max(4, Math.Min(MostColumns, maxWidth) - ColumnsOfShare);
        var done = (int)Math.Round(Math.Clamp(fraction, 0, 1) * width);
        var (full, empty) = options.Unicode ? ('━', '─') : ('#', '-');
        yield return new Segment(new string(full, done), new Style(Color.Green));
        yield return new Segment(new string(empty, width - done), new Style(Color.Grey));
        yield return new Segment($"{Math.Floor(fraction * 100),4:0} %");
        yield return Segment.LineBreak;
    }
}
