using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Client.Comparing;

/// <summary>An objective that two sweeps are not compared by, and why.</summary>
internal sealed record LeftOut(string Metric, string Why);

/// <summary>
/// The objectives that two sweeps can be compared by: those of both, as far as their numbers can be compared. Where times cannot, as they are
/// of other machines, the speed-ups stand in their place.
/// </summary>
internal sealed record CommonObjectives(IReadOnlyList<Objective> Objectives, IReadOnlyList<LeftOut> LeftOut)
{
    private static readonly Objective speedup = new(MetricCatalog.Speedup, Direction.Maximize);

    public static CommonObjectives Of(Side a, Side b)
    {
        var (objectives, leftOut) = (new List<Objective>(), new List<LeftOut>());
        foreach (var objective in a.Sweep.Objectives.Union(b.Sweep.Objectives))
        {
            if (!b.Sweep.Objectives.Contains(objective) || !a.Sweep.Objectives.Contains(objective))
                leftOut.Add(new(objective.Metric, $"it is no objective of {(b.Sweep.Objectives.Contains(objective) ? "A" : "B")}"));
            else if (Obstacle(a, b, objective.Metric) is not { } why)
                objectives.Add(objective);
            else if (IsTime(objective.Metric) && Obstacle(a, b, MetricCatalog.Speedup) is null)
            {
                leftOut.Add(new(objective.Metric, $"{why}. The speed-up, which can be compared, stands in its place"));
                objectives.Add(speedup);
            }
            else
                leftOut.Add(new(objective.Metric, why));
        }
        return new([.. objectives.Distinct()], leftOut);
    }

    private static bool IsTime(string metric) =>
        metric is MetricCatalog.LatencyP50 or MetricCatalog.LatencyP90 or MetricCatalog.LatencyP99 or MetricCatalog.Throughput;

    private static string? Obstacle(Side a, Side b, string metric) => (ProvenanceOf(a, metric), ProvenanceOf(b, metric)) switch
    {
        ({ } ofA, { } ofB) => Comparability.Obstacle(a, b, metric, ofA, ofB),
        (null, null) => "it is not known of either",
        (null, _) => "it is not known of A",
        _ => "it is not known of B",
    };

    /// <summary>That of the frontier, whose points all have the same; null where it is not known there.</summary>
    private static Provenance? ProvenanceOf(Side side, string metric) => side.Results.Frontier.Frontier
        .Select(point => point.Metrics.GetValueOrDefault(metric)).FirstOrDefault(m => m?.Comparable is not null)?.Provenance;
}
