using Grid.Experiments.Frontier;
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
    public int Succeeded => Trials.Count(t => t.Status == TrialStatus.Succeeded);
    public int Failed => Trials.Count(t => t.Status == TrialStatus.Failed);
    public IReadOnlyList<Point> Points => [.. Frontier.Concat(Others).OrderBy(p => p.Trial)];
}
