namespace Grid.Experiments.Frontier;

/// <summary>The point of a front beyond which a little more of one objective costs much of another.</summary>
public static class Knee
{
    /// <summary>
    /// The point farthest below the plane through the worst value of each objective, after every objective is scaled to 0 for its
    /// best and 1 for its worst value on the front. With two objectives that is the line through the two extreme points (Das, "On
    /// Characterizing the 'Knee' of the Pareto Curve", 1999); with more, the plane through the unit points, which unlike the one
    /// through the extreme points always exists. Of points equally far the better in the first objective is taken, then in the
    /// second, and so on, then the first.
    /// </summary>
    /// <param name="front">Finite costs, smaller is better, as many in each; no point dominates another.</param>
    /// <returns>The position of the knee; null when the front is empty.</returns>
    public static int? Of(IReadOnlyList<double[]> front)
    {
        if (front.Count == 0)
            return null;
        var objectives = front[0].Length;
        var sums = new double[front.Count];
        for (var objective = 0; objective < objectives; objective++)
        {
            var column = front.Select(costs => costs[objective]).ToArray();
            var (best, worst) = (column.Min(), column.Max());

            // An objective in which all are equal says nothing. Halves keep the range of huge values finite.
            var range = worst / 2 - best / 2;
            if (range > 0)
                for (var i = 0; i < sums.Length; i++)
                    sums[i] += (column[i] / 2 - best / 2) / range;
        }

        // The distance below the plane is (1 - sum) / sqrt(objectives).
        var knee = 0;
        for (var i = 1; i < sums.Length; i++)
            if (sums[i] < sums[knee] - Tie || sums[i] < sums[knee] + Tie && IsBefore(front[i], front[knee]))
                knee = i;
        return knee;
    }

    // Sums that differ by rounding alone are equal.
    private const double Tie = 1e-12;

    private static bool IsBefore(double[] a, double[] b) => a.AsSpan().SequenceCompareTo(b) < 0;
}
