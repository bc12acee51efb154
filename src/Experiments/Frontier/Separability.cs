using Grid.Experiments.Metrics;

namespace Grid.Experiments.Frontier;

/// <summary>Whether measurements tell two points apart.</summary>
public static class Separability
{
    /// <summary>
    /// True when, in some objective in which the two points differ, their 95 % intervals do not overlap. An interval that is not
    /// known separates nothing: a difference whose spread nobody measured may be chance. Equal points are not separable.
    /// </summary>
    public static bool AreSeparable(Point a, Point b, IReadOnlyList<Objective> objectives) =>
        objectives.Any(objective =>
            Numbers.Of(a, objective.Metric) is { } first
            && Numbers.Of(b, objective.Metric) is { } second
            && first.Provenance == second.Provenance
            && first.Value != second.Value
            && AreApart(first, second) == true);

    /// <summary>Whether the 95 % intervals of two numbers do not overlap; null when one of them is not known.</summary>
    public static bool? AreApart(Metric a, Metric b) =>
        a.Low <= a.High && b.Low <= b.High ? a.High < b.Low || b.High < a.Low : null;
}
