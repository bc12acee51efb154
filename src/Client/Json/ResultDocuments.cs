using Grid.Experiments.Frontier;
using Grid.Experiments.Store;

namespace Grid.Client.Json;

/// <summary>The answer of <c>run</c>, <c>resume</c>, <c>extend</c> and <c>watch</c>.</summary>
/// <param name="Stages">Null from <c>watch</c>: only the process that runs the sweep knows.</param>
/// <param name="Reference">The uncompressed model; null until it is measured.</param>
/// <param name="Device">The class of machines that the points were measured on: the sweep's first.</param>
/// <param name="Spent">Null when it never ran.</param>
/// <param name="Others">The sweep's other classes.</param>
/// <param name="Problems">Why it stopped unasked, what it could not write, why there is no frontier.</param>
internal sealed record RunDocument(
    string Experiment, ExperimentStatus Status, TrialCounts Trials, StageCounts? Stages, PointDocument? Reference, IReadOnlyList<PointDocument> Frontier,
    string Device, SpentDocument? Spent, IReadOnlyList<ClassDocument> Others, IReadOnlyList<string> Problems);

/// <summary>What an experiment took so far, over all its runs.</summary>
/// <param name="Seconds">In which it ran.</param>
/// <param name="Energy">Of the stages that were carried out for it, as far as it was counted.</param>
/// <param name="StagesCounted">Stages whose energy is in that.</param>
/// <param name="StagesUncounted">Stages that were carried out where nothing counts energy.</param>
/// <param name="EndedBy">The budget that ended it: "energy", "time" or "trials"; null for none.</param>
internal sealed record SpentDocument(double Seconds, MetricDocument Energy, int StagesCounted, int StagesUncounted, string? EndedBy)
{
    public static SpentDocument? Of(Spending? spending) => spending is null ? null : new(
        Math.Round(spending.Seconds, 3), MetricDocument.Of(spending.Energy), spending.Counted, spending.Uncounted, spending.EndedBy);
}

/// <param name="Total">Null while the strategy cannot know.</param>
internal sealed record TrialCounts(long? Total, int Succeeded, int Failed);

/// <param name="Total">Distinct stages of the sweep.</param>
/// <param name="Computed">Carried out in the last run.</param>
/// <param name="Reused">Found done in the last run.</param>
internal sealed record StageCounts(int Total, int Computed, int Reused);

/// <summary>The answer of <c>frontier</c>.</summary>
/// <param name="Hypervolume">Between the frontier and the reference point; null when it cannot be computed.</param>
/// <param name="Dominated">Every other measured point: beaten by the frontier, or outside the limits.</param>
/// <param name="Device">The class of machines that the points were measured on.</param>
/// <param name="Others">The sweep's other classes; none where one was named.</param>
/// <param name="Problems">Why there is none.</param>
internal sealed record FrontierDocument(
    string Experiment, IReadOnlyList<ObjectiveDocument> Objectives, double? Hypervolume,
    IReadOnlyList<PointDocument> Frontier, IReadOnlyList<PointDocument> Dominated, string Device, IReadOnlyList<ClassDocument> Others,
    IReadOnlyList<string> Problems);

/// <param name="Direction">"max" or "min".</param>
internal sealed record ObjectiveDocument(string Metric, string Direction)
{
    public static ObjectiveDocument Of(Objective objective) => new(objective.Metric, objective.Direction == Experiments.Metrics.Direction.Maximize ? "max" : "min");
}

/// <summary>The answer of <c>pick</c>.</summary>
/// <param name="Rule">"knee", or "best": the best in one metric of those within the limits.</param>
/// <param name="Output">The file it was copied to; null when none was asked for.</param>
/// <param name="Device">The class of machines that the point was measured on.</param>
internal sealed record PickDocument(string Experiment, string Rule, string Why, PointDocument Point, string? Output, string Device);
