namespace Grid.Experiments.Frontier;

/// <summary>
/// How much of one set of points another one makes superfluous: the C-metric of Zitzler and Thiele, "Multiobjective Evolutionary Algorithms",
/// 1999. It is not symmetric: both ways are to be told.
/// </summary>
public static class Coverage
{
    /// <summary>
    /// The share, 0 to 1, of the covered points for which some point of the others is at least as good in every objective; null when there is
    /// nothing to cover.
    /// </summary>
    /// <param name="by">The points that cover; each must know every objective, as must the covered ones.</param>
    public static double? Of(IReadOnlyList<Point> covered, IReadOnlyList<Point> by, IReadOnlyList<Objective> objectives)
    {
        if (covered.Count == 0)
            return null;
        var costs = by.Select(point => Numbers.Costs(point, objectives)).ToArray();
        return (double)covered.Count(point => IsCovered(Numbers.Costs(point, objectives), costs)) / covered.Count;
    }

    private static bool IsCovered(double[] point, double[][] by) => by.Any(other => other.Zip(point).All(pair => pair.First <= pair.Second));
}
