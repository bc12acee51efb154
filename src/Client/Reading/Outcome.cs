using Grid.Client.Drawing;
using Grid.Experiments.Frontier;
using Grid.Experiments.Results;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Reading;

/// <summary>What an experiment has found so far, as every command shows it.</summary>
/// <param name="Reference">The uncompressed model; null until it is measured.</param>
/// <param name="Frontier">The points no other one beats, by trial.</param>
/// <param name="Others">Every other measured point: beaten by the frontier, or outside the limits; by trial.</param>
/// <param name="Hypervolume">Null when it cannot be computed.</param>
/// <param name="Knee">The point of the frontier that balances the objectives best; null when the frontier is empty.</param>
internal sealed record Outcome(
    ExperimentRow Row, Sweep Sweep, IReadOnlyList<TrialRow> Trials, Point? Reference,
    IReadOnlyList<Point> Frontier, IReadOnlyList<Point> Others, double? Hypervolume, Point? Knee)
{
    /// <summary>The class of machines that everything was measured on.</summary>
    public string Device { get; init; } = Sweep.Devices[0];

    /// <summary>The sweep's other classes of machines.</summary>
    public IEnumerable<string> OtherDevices => Sweep.Devices.Where(d => d != Device);

    /// <summary>The points that may be chosen: those of the frontier, then those it beats.</summary>
    public IReadOnlyList<Point> Eligible { get; init; } = Frontier;

    /// <summary>Points that break a limit or cannot be compared, and why.</summary>
    public IReadOnlyList<RejectedPoint> Rejected { get; init; } = [];

    public int Succeeded => Trials.Count(t => t.Status == TrialStatus.Succeeded);
    public int Failed => Trials.Count(t => t.Status == TrialStatus.Failed);
    public IReadOnlyList<Point> Points => [.. Frontier.Concat(Others).OrderBy(p => p.Trial)];

    /// <summary>Why there is nothing to show, and what to do about it.</summary>
    /// <param name="limits">Beside those of the sweep.</param>
    /// <param name="place">What a command line needs to mean the same home folder or cluster.</param>
    public string WhyEmpty(IReadOnlyList<Constraint> limits, string place)
    {
        if (Points.Count == 0)
            return $"{Row.Id} has no measured model yet; {Failed} of {Counted.Of(Trials.Count, "trial")} failed. See: grid show {Row.Id}{place}";
        var none = Points.Count == 1 ? "The only measured model does not have" : $"None of the {Points.Count:N0} measured models has";
        var kept = string.Join(" and ", Sweep.Constraints.Concat(limits).Select(ObjectiveText.Of));
        return kept.Length > 0
            ? $"{none} {kept}. Loosen a limit."
            : $"{none} every number that the objectives ask for. See: grid show {Row.Id}{place}";
    }

    /// <summary>Why nothing can be chosen on any class of machines, a message a class; empty where something can.</summary>
    /// <inheritdoc cref="WhyEmpty(IReadOnlyList{Constraint}, string)" path="/param"/>
    public static IReadOnlyList<string> WhyEmpty(IReadOnlyList<Outcome> outcomes, IReadOnlyList<Constraint> limits, string place) =>
        outcomes.Any(o => o.Frontier.Count > 0) ? []
        : outcomes is [var only] ? [only.WhyEmpty(limits, place)]
        : [.. outcomes.Select(o => $"On {o.Device}: {o.WhyEmpty(limits, place)}")];

    /// <param name="limits">Beside those of the sweep.</param>
    public static Outcome Of(ExperimentRow row, ExperimentResults results, IReadOnlyList<Constraint>? limits = null)
    {
        var sorted = limits is { Count: > 0 }
            ? SweepFrontier.Of(results.Points, results.Sweep.Objectives, [.. results.Sweep.Constraints, .. limits], results.References)
            : results.Frontier;
        var others = sorted.Dominated.Concat(sorted.Infeasible.Concat(sorted.Excluded).Select(rejected => rejected.Point));
        return new(
            row, results.Sweep, results.Trials, results.Reference, [.. sorted.Frontier.OrderBy(p => p.Trial)],
            [.. others.OrderBy(p => p.Trial)], sorted.Hypervolume, sorted.Knee)
        {
            Device = results.Device,
            Eligible = [.. sorted.Frontier, .. sorted.Dominated],
            Rejected = [.. sorted.Infeasible.Concat(sorted.Excluded).OrderBy(r => r.Point.Trial)],
        };
    }
}
