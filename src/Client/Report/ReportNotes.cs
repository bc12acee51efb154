using Grid.Experiments.Frontier;

namespace Grid.Client.Report;

/// <summary>What a reader should know of a point beside its numbers.</summary>
internal static class ReportNotes
{
    /// <summary>The notes of its stages, and a sentence for each layer that does not run in the precision it was made for.</summary>
    public static IReadOnlyList<string> Of(Point point) =>
    [
        .. point.Notes,
        .. point.Layers.Where(l => !l.AsIntended).Select(l => $"Layer {l.Layer} ({l.Operator}) was meant to run in {l.Intended} and runs in {l.Precision} as {l.Kernel}."),
    ];
}
