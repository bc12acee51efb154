using Grid.Client.Reading;
using Grid.Experiments.Frontier;
using Grid.Experiments.Store;

namespace Grid.Client.Json;

/// <summary>CLASS of docs/json.md: what a sweep found on one more class of machines than the one beside it.</summary>
/// <param name="Reference">The uncompressed model; null until it is measured.</param>
/// <param name="Dominated">Every other measured point.</param>
/// <param name="Hypervolume">Null when it cannot be computed.</param>
/// <param name="Recommended">Trial of the frontier's knee; null when the frontier is empty.</param>
internal sealed record ClassDocument(
    string Device, PointDocument? Reference, IReadOnlyList<PointDocument> Frontier, IReadOnlyList<PointDocument> Dominated, double? Hypervolume, int? Recommended)
{
    /// <summary>All but the first.</summary>
    public static IReadOnlyList<ClassDocument> OfOthers(IReadOnlyList<Outcome> outcomes, IArtifactStore artifacts) =>
        [.. outcomes.Skip(1).Select(o => Of(o, artifacts))];

    private static ClassDocument Of(Outcome outcome, IArtifactStore artifacts) => new(
        outcome.Device, outcome.Reference is { } reference ? PointDocument.Of(reference, artifacts) : null,
        [.. outcome.Frontier.Select(p => PointDocument.Of(p, artifacts))], [.. outcome.Others.Select(p => PointDocument.Of(p, artifacts))],
        outcome.Hypervolume, outcome.Knee?.Trial);
}

/// <summary>A trial as it was measured on one more class of machines.</summary>
internal sealed record ClassPointDocument(string Device, PointDocument Point, IReadOnlyList<string> Notes, IReadOnlyList<LayerDocument> Layers)
{
    public static ClassPointDocument Of(string device, Point point, IArtifactStore artifacts) => new(
        device, PointDocument.Of(point, artifacts), point.Notes, [.. point.Layers.Select(LayerDocument.Of)]);
}
