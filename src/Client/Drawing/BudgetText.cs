using Grid.Experiments.Metrics;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Drawing;

/// <summary>What a sweep may take, and what it took, in words.</summary>
internal static class BudgetText
{
    public static string Of(SweepBudget budget) => $"Its budget: {string.Join(", ", Limits(budget))}; whatever runs out first ends it.";

    /// <param name="budget">Null when the sweep has none.</param>
    public static string Of(Spending spending, SweepBudget? budget)
    {
        var took = $"it took {Units.Duration(TimeSpan.FromSeconds(spending.Seconds))}";
        if (spending.Energy.Value is not null)
            took += $" and {MetricText.Of(MetricCatalog.Energy, spending.Energy)} for {Counted.Of(spending.Counted, "stage")}";
        if (spending is { Counted: > 0, Uncounted: > 0 })
            took += $"; the energy of {spending.Uncounted:N0} more was not counted";
        return spending.EndedBy is { } by
            ? $"Its budget of {by} ended it ({string.Join(", ", Limits(budget ?? new SweepBudget()))}): {took}."
            : char.ToUpperInvariant(took[0]) + took[1..] + ".";
    }

    public static IEnumerable<string> Limits(SweepBudget budget)
    {
        if (budget.Energy is { } joules)
            yield return Units.Text(joules, "J");
        if (budget.Time is { } time)
            yield return Units.Duration(time);
        if (budget.Trials is { } trials)
            yield return Counted.Of(trials, "trial");
    }
}
