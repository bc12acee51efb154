using Grid.Client.Doctor;
using Grid.Experiments.Telemetry;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Grid.Client.Drawing;

/// <summary>What the doctor found, a line each.</summary>
internal sealed class CheckTable(IReadOnlyList<Check> checks) : Renderable
{
    public static Style StyleOf(CheckStatus status) => new(status switch
    {
        CheckStatus.Ok => Color.Green,
        CheckStatus.Warning => Color.Yellow,
        _ => Color.Red,
    });

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        new FoldedTable("found", [.. checks.Select(c => c.Found)], [.. checks.Select(c => StyleOf(c.Status))]).Draw(
            [new("", [.. checks.Select(c => Words.Of(c.Status))], Left: true), new("check", [.. checks.Select(c => c.Name)], Left: true)], options, maxWidth);
}
