namespace Grid.Experiments.Frontier;

/// <summary>
/// The volume that a set of points dominates below a reference point (Zitzler and Thiele, "Multiobjective Evolutionary
/// Algorithms", 1999), exactly. Coordinates are costs: smaller is better.
/// </summary>
public static class Hypervolume
{
    /// <summary>
    /// The volume of the union of the boxes between each point and the reference. Points that are not better than the reference
    /// in every coordinate, or that have a coordinate that is not finite, add nothing; so do dominated points. Two and three
    /// coordinates take O(n log n) comparisons, four about n times as much, and every further one up to n times more.
    /// </summary>
    /// <exception cref="ArgumentException">A point has more or fewer coordinates than the reference.</exception>
    public static double Of(IReadOnlyList<double[]> points, params ReadOnlySpan<double> reference)
    {
        // Measured from the reference point, every coordinate says by how much a point is better.
        var gains = new List<double[]>(points.Count);
        foreach (var point in points)
        {
            if (point.Length != reference.Length)
                throw new ArgumentException($"A point has {point.Length} coordinates, the reference {reference.Length}.", nameof(points));
            var gain = new double[point.Length];
            var counts = true;
            for (var i = 0; i < gain.Length; i++)
            {
                gain[i] = reference[i] - point[i];
                counts &= gain[i] > 0 && double.IsFinite(gain[i]);
            }
            if (counts)
                gains.Add(gain);
        }
        return reference.Length == 0 || gains.Count == 0 ? 0 : Volume(gains, reference.Length);
    }

    /// <param name="gains">Points with positive coordinates, larger is better; only the first <paramref name="dimensions"/> count.</param>
    private static double Volume(List<double[]> gains, int dimensions) => dimensions switch
    {
        1 => gains.Max(gain => gain[0]),
        2 => HypervolumeSweep.Area(gains),
        3 => HypervolumeSweep.Volume(gains),
        _ => Slices(gains, dimensions),
    };

    /// <summary>
    /// WFG (While, Bradstreet and Barone, "A Fast Way of Calculating Exact Hypervolumes", 2012): the sum of what each point adds to
    /// the points after it. Sorted by the last coordinate, smallest first, everything a point shares with later ones reaches as far
    /// in that coordinate as the point itself, so the sharing is a volume of one dimension less.
    /// </summary>
    private static double Slices(List<double[]> gains, int dimensions)
    {
        var last = dimensions - 1;
        gains.Sort((a, b) => a[last].CompareTo(b[last]));
        var volume = 0.0;
        for (var i = 0; i < gains.Count; i++)
        {
            var point = gains[i];
            var alone = 1.0;
            for (var d = 0; d < last; d++)
                alone *= point[d];
            var shared = Shared(gains, i, last);
            volume += point[last] * (shared.Count == 0 ? alone : alone - Volume(shared, last));
        }
        return volume;
    }

    /// <summary>The later points, each cut down to the part it has in common with point i.</summary>
    private static List<double[]> Shared(List<double[]> gains, int i, int dimensions)
    {
        var point = gains[i];
        var shared = new List<double[]>(gains.Count - i - 1);
        for (var j = i + 1; j < gains.Count; j++)
        {
            var cut = new double[dimensions];
            for (var d = 0; d < dimensions; d++)
                cut[d] = Math.Min(gains[j][d], point[d]);

            // The sweeps for few dimensions leave dominated points out by themselves.
            if (dimensions <= 3)
                shared.Add(cut);
            else
                AddUnlessDominated(shared, cut);
        }
        return shared;
    }

    private static void AddUnlessDominated(List<double[]> front, double[] candidate)
    {
        foreach (var other in front)
            if (NowhereWorse(other, candidate))
                return;
        front.RemoveAll(other => NowhereWorse(candidate, other));
        front.Add(candidate);
    }

    private static bool NowhereWorse(double[] a, double[] b)
    {
        for (var d = 0; d < a.Length; d++)
            if (a[d] < b[d])
                return false;
        return true;
    }
}
