using Grid.Experiments.Frontier;
using Grid.Experiments.Results;

namespace Grid.Experiments.Analysis;

/// <summary>When a trial was measured.</summary>
/// <param name="Seconds">Of the sweep's running time; what passed while it did not run is left out.</param>
public readonly record struct TrialEnd(int Trial, double Seconds);

/// <param name="Trials">How many trials had been measured.</param>
/// <param name="Trial">The one that made the difference.</param>
/// <param name="Seconds">Null when it is not known when trials were measured.</param>
public sealed record VolumeStep(int Trials, int Trial, double? Seconds, double Volume);

/// <summary>How the frontier's hypervolume grew: a step for each trial that added to it.</summary>
/// <param name="Trials">All that were measured.</param>
/// <param name="Seconds">When the last was; null when that is not known.</param>
public sealed record VolumeHistory(IReadOnlyList<VolumeStep> Steps, int Trials, double? Seconds)
{
    /// <summary>
    /// Of the points that may stand on the frontier in the end, with the same reference. A configuration of several seeds counts from
    /// the last of them. Null when there is no hypervolume.
    /// </summary>
    /// <param name="ends">In the order in which trials ended; when one is missing, trials are taken by number and without times.</param>
    public static VolumeHistory? Of(ExperimentResults results, IReadOnlyList<TrialEnd> ends)
    {
        if (results.Frontier.Hypervolume is null)
            return null;
        var order = Order(results, ends, out var timed);
        var place = order.Select((end, i) => (end.Trial, Place: i)).ToDictionary(e => e.Trial, e => e.Place);
        var last = results.Measured.GroupBy(p => p.Config).ToDictionary(g => g.Key, g => g.Max(p => place[p.Trial]));

        var volume = new GrowingVolume(results.Frontier.HypervolumeReference);
        var steps = new List<VolumeStep>();
        foreach (var point in results.Frontier.Frontier.Concat(results.Frontier.Dominated).OrderBy(p => last[p.Config]))
        {
            var at = last[point.Config];
            if (RelativeVolume.Costs(point, results.Sweep.Objectives, results.References) is { } costs && volume.Add(costs))
                steps.Add(new(at + 1, order[at].Trial, timed ? order[at].Seconds : null, volume.Volume));
        }
        return new(steps, order.Count, timed && order.Count > 0 ? order[^1].Seconds : null);
    }

    private static List<TrialEnd> Order(ExperimentResults results, IReadOnlyList<TrialEnd> ends, out bool timed)
    {
        var measured = results.Measured.Select(p => p.Trial).ToHashSet();
        var known = ends.Where(e => measured.Contains(e.Trial)).DistinctBy(e => e.Trial).ToList();
        timed = known.Count == measured.Count;
        return timed ? known : [.. results.Measured.Select(p => new TrialEnd(p.Trial, 0))];
    }
}
