using Grid.Experiments.Frontier;
using Grid.Experiments.Store;

namespace Grid.Client.Comparing;

/// <summary>What one of two sweeps found, by the objectives that both have.</summary>
/// <param name="Frontier">Its points that none of its own beats in these, within its own limits.</param>
/// <param name="Hypervolume">Up to twice the uncompressed model of A, for both sweeps; null when it cannot be computed.</param>
/// <param name="Covered">Share of its frontier for which the other has a point that is at least as good in everything; null without one.</param>
/// <param name="Spending">Null when it never ran.</param>
internal sealed record ComparedSweep(
    Side Side, IReadOnlyList<Point> Frontier, double? Hypervolume, double? Covered, Spending? Spending);

/// <summary>The best of each sweep in one objective.</summary>
internal sealed record BestOfBoth(int TrialOfA, int TrialOfB, MetricComparison Numbers);

/// <summary>Two sweeps side by side.</summary>
internal sealed record SweepComparison(
    ComparedSweep A, ComparedSweep B, IReadOnlyList<Differing> Differences, CommonObjectives Common, IReadOnlyList<BestOfBoth> Best, SharedWork Shared)
{
    public static SweepComparison Of(Side a, Spending? spentByA, Side b, Spending? spentByB)
    {
        var common = CommonObjectives.Of(a, b);
        var (ofA, ofB) = (FrontOf(a, common.Objectives), FrontOf(b, common.Objectives));
        return new(
            Compared(a, ofA, ofB, spentByA), Compared(b, ofB, ofA, spentByB),
            SweepDifferences.Of(a.Sweep, b.Sweep), common,
            [.. common.Objectives.Select(objective => BestIn(a, ofA, b, ofB, objective)).OfType<BestOfBoth>()], SharedWork.Of(a, b));

        ComparedSweep Compared(Side side, IReadOnlyList<Point> own, IReadOnlyList<Point> others, Spending? spent) => new(
            side, own,
            a.Results.Reference is { } reference && common.Objectives.Count > 0 ? RelativeVolume.Of(own, common.Objectives, reference) : null,
            Coverage.Of(own, others, common.Objectives), spent);
    }

    /// <summary>The points of a sweep that none of its own beats; none where there is nothing to compare by.</summary>
    private static IReadOnlyList<Point> FrontOf(Side side, IReadOnlyList<Objective> objectives) => objectives.Count == 0
        ? []
        : [.. SweepFrontier.Of(side.Results.Points, objectives, side.Sweep.Constraints, side.Results.References).Frontier.OrderBy(p => p.Trial)];

    /// <summary>The best in one objective is on the frontier.</summary>
    private static BestOfBoth? BestIn(Side a, IReadOnlyList<Point> ofA, Side b, IReadOnlyList<Point> ofB, Objective objective) =>
        (BestOf(ofA, objective), BestOf(ofB, objective)) is ({ } bestOfA, { } bestOfB)
            ? new(bestOfA.Trial, bestOfB.Trial, MetricComparison.Of(a, b, objective.Metric, bestOfA, bestOfB))
            : null;

    private static Point? BestOf(IReadOnlyList<Point> points, Objective objective) => BestUnder.Find(points, objective, [], new Dictionary<long, Point>());
}
