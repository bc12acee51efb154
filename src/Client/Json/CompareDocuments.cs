using Grid.Client.Comparing;
using Grid.Experiments.Store;

namespace Grid.Client.Json;

/// <summary>The answer of <c>compare</c> of two trials.</summary>
/// <param name="Settings">Those that differ.</param>
/// <param name="Metrics">By name, those that are known of either.</param>
internal sealed record PointComparisonDocument(
    ComparedPointDocument A, ComparedPointDocument B, IReadOnlyList<DifferingDocument> Settings, IReadOnlyDictionary<string, MetricComparisonDocument> Metrics)
{
    public static PointComparisonDocument Of(PointComparison comparison, IArtifactStore artifacts) => new(
        new(comparison.A.Row.Id, comparison.A.Device, PointDocument.Of(comparison.OfA, artifacts)),
        new(comparison.B.Row.Id, comparison.B.Device, PointDocument.Of(comparison.OfB, artifacts)),
        [.. comparison.Settings.Select(DifferingDocument.Of)],
        comparison.Metrics.ToDictionary(m => m.Metric.Name, MetricComparisonDocument.Of));
}

internal sealed record ComparedPointDocument(string Experiment, string Device, PointDocument Point);

/// <param name="A">Null where A has no such setting, as B.</param>
internal sealed record DifferingDocument(string Name, string? A, string? B)
{
    public static DifferingDocument Of(Differing differing) => new(differing.Name, differing.A, differing.B);
}

/// <param name="Obstacle">Why they cannot be compared; null when they can.</param>
/// <param name="Difference">B less A; null where they cannot be compared, as the others.</param>
/// <param name="Ratio">B over A.</param>
/// <param name="Better">"a" or "b"; null also when they are equal.</param>
/// <param name="Separable">Whether the intervals lie apart; null also when one is not known.</param>
internal sealed record MetricComparisonDocument(
    MetricDocument? A, MetricDocument? B, string? Obstacle, double? Difference, double? Ratio, string? Better, bool? Separable)
{
    public static MetricComparisonDocument Of(MetricComparison numbers) => new(
        numbers.A is { } a ? MetricDocument.Of(a) : null, numbers.B is { } b ? MetricDocument.Of(b) : null,
        numbers.Obstacle, numbers.Difference, numbers.Ratio, numbers.Better, numbers.Separable);
}

/// <summary>The answer of <c>compare</c> of two sweeps.</summary>
/// <param name="Differences">What is not the same in their files.</param>
/// <param name="Objectives">Those that they are compared by.</param>
/// <param name="LeftOut">Those that they are not.</param>
internal sealed record SweepComparisonDocument(
    ComparedSweepDocument A, ComparedSweepDocument B, IReadOnlyList<DifferingDocument> Differences, IReadOnlyList<ObjectiveDocument> Objectives,
    IReadOnlyList<LeftOut> LeftOut, IReadOnlyList<BestDocument> Best, SharedDocument Shared)
{
    public static SweepComparisonDocument Of(SweepComparison comparison) => new(
        ComparedSweepDocument.Of(comparison.A), ComparedSweepDocument.Of(comparison.B),
        [.. comparison.Differences.Select(DifferingDocument.Of)],
        [.. comparison.Common.Objectives.Select(ObjectiveDocument.Of)],
        comparison.Common.LeftOut,
        [.. comparison.Best.Select(b => new BestDocument(b.Numbers.Metric.Name, b.TrialOfA, b.TrialOfB, MetricComparisonDocument.Of(b.Numbers)))],
        new(comparison.Shared.Trials, comparison.Shared.Stages, comparison.Shared.OfA, comparison.Shared.OfB));
}

/// <param name="Frontier">Trials that none of its own beats in the objectives of both.</param>
/// <param name="Hypervolume">Up to twice the uncompressed model of A; null when it cannot be computed.</param>
/// <param name="Covered">Share of its frontier for which the other has one at least as good in everything; null without a frontier.</param>
/// <param name="Spent">Null when it never ran.</param>
internal sealed record ComparedSweepDocument(
    string Experiment, string Device, TrialCounts Trials, IReadOnlyList<int> Frontier, double? Hypervolume, double? Covered, SpentDocument? Spent)
{
    public static ComparedSweepDocument Of(ComparedSweep compared) => new(
        compared.Side.Row.Id, compared.Side.Device, ExperimentDocument.CountsOf(compared.Side.Results.Trials),
        [.. compared.Frontier.Select(p => p.Trial)], compared.Hypervolume, compared.Covered, SpentDocument.Of(compared.Spending));
}

/// <param name="A">Trial of A that is the best of A; B likewise.</param>
internal sealed record BestDocument(string Metric, int A, int B, MetricComparisonDocument Numbers);

/// <param name="Trials">Of A that were measured as the same in B.</param>
/// <param name="Stages">Distinct stages of both.</param>
/// <param name="StagesOfA">All of A, as StagesOfB of B.</param>
internal sealed record SharedDocument(int Trials, int Stages, int StagesOfA, int StagesOfB);
