using Grid.Experiments.Metrics;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Grid.Client.Drawing;

/// <summary>The stages of a trial, a line each: how each stands, what it took, and its settings.</summary>
internal sealed class StageTable(IReadOnlyList<StageRow> stages) : Renderable
{
    /// <summary>The stage and its status.</summary>
    private const int LeastColumns = 2;

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var table = new FoldedTable(
            "settings", [.. stages.Select(s => string.Join(' ', s.Spec.Settings.Select(e => $"{e.Key}={e.Value}")))], [.. stages.Select(_ => Style.Plain)]);
        return table.DrawFitting(
            [
                new("stage", [.. stages.Select(s => Words.Of(s.Spec.Kind))], Left: true),
                new("status", [.. stages.Select(StatusOf)], Left: true),
                new("attempts", [.. stages.Select(s => $"{s.Attempt}")]),
                new("time", [.. stages.Select(s => s.Seconds is { } seconds ? Units.Duration(TimeSpan.FromSeconds(seconds)) : "—")]),
                new("energy", [.. stages.Select(s => MetricText.Of(MetricCatalog.Energy, s.Result?.Cost?.Energy))]),
            ],
            LeastColumns, options, maxWidth);
    }

    private static string StatusOf(StageRow stage) => Words.Of(stage.Status) + (stage.Checkpoint is null ? "" : ", has a checkpoint");
}
