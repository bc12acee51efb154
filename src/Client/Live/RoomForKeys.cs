using Spectre.Console.Rendering;

namespace Grid.Client.Live;

/// <summary>
/// Leaves free the last columns of every line. A terminal writes "^C" where the cursor is when that is pressed; at the end of a full line it would begin a
/// new one for it, and what is drawn over this would leave its first line behind.
/// </summary>
internal sealed class RoomForKeys(IRenderable inner) : Renderable
{
    private const int Columns = 2;

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, Math.Max(1, maxWidth - Columns));
}
