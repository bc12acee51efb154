using Grid.Experiments.Metrics;

namespace Grid.Experiments.Store;

/// <summary>What an experiment took so far, over all its runs.</summary>
/// <param name="Seconds">In which it ran.</param>
/// <param name="Energy">
/// Joules of the stages that were carried out for it and counted, with the weakest provenance among them; unavailable while none was.
/// </param>
/// <param name="Counted">Stages whose energy is in that.</param>
/// <param name="Uncounted">Stages that were carried out where nothing counted.</param>
/// <param name="EndedBy">Which of its budgets ended it: energy, time or trials; null for none.</param>
public sealed record Spending(double Seconds, Metric Energy, int Counted, int Uncounted, string? EndedBy)
{
    public static Spending None { get; } = new(0, Metric.Unavailable("J"), 0, 0, null);

    /// <summary>With one more stage.</summary>
    /// <param name="energy">What it took; null or without value when nobody counted.</param>
    public Spending With(Metric? energy) => energy?.Comparable is not (>= 0 and var joules)
        ? this with { Uncounted = Uncounted + 1 }
        : this with
        {
            Counted = Counted + 1,
            Energy = new Metric(
                (Energy.Value ?? 0) + joules, "J", Energy.Value is null || energy.Provenance > Energy.Provenance ? energy.Provenance : Energy.Provenance),
        };
}
