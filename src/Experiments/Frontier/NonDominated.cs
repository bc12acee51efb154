using Grid.Experiments.Metrics;

namespace Grid.Experiments.Frontier;

/// <summary>Finds the front of a set of points that are all known, which is faster than adding them one by one when the front is large.</summary>
public static class NonDominated
{
    /// <summary>
    /// The positions, rising, of the points that no other dominates; points with equal coordinates are all kept, points with one that is
    /// not finite never. Up to three coordinates take O(n log n) steps (Kung, Luccio and Preparata, "On Finding the Maxima of a
    /// Set of Vectors", 1975), more take O(n times front).
    /// </summary>
    /// <param name="costs">As many coordinates in each, smaller is better.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<double[]> costs)
    {
        var finite = Enumerable.Range(0, costs.Count).Where(i => Array.TrueForAll(costs[i], double.IsFinite)).ToArray();
        if (finite.Length == 0)
            return [];
        var dimensions = costs[finite[0]].Length;
        return dimensions <= 3 ? Sweep(costs, finite) : OneByOne(costs, finite, dimensions);
    }

    private static IReadOnlyList<int> OneByOne(IReadOnlyList<double[]> costs, int[] finite, int dimensions)
    {
        var front = new ParetoFront<int>(Enumerable.Repeat(Direction.Minimize, dimensions).ToArray());
        foreach (var i in finite)
            front.Add(i, costs[i]);
        return front.Items;
    }

    /// <summary>
    /// In lexicographic order a point can only be dominated by one before it, and is when one with no larger second coordinate has no
    /// larger third one.
    /// </summary>
    private static List<int> Sweep(IReadOnlyList<double[]> costs, int[] finite)
    {
        var order = (int[])finite.Clone();
        Array.Sort(order, (a, b) => costs[a].AsSpan().SequenceCompareTo(costs[b]));
        var seconds = finite.Select(i => Coordinate(costs[i], 1)).Distinct().Order().ToArray();
        var best = new PrefixMinimum(seconds.Length);
        var front = new List<int>();
        var kept = false;
        for (var i = 0; i < order.Length; i++)
        {
            var point = costs[order[i]];

            // What equals the point before it shares its fate.
            if (i == 0 || !point.AsSpan().SequenceEqual(costs[order[i - 1]]))
            {
                var rank = Array.BinarySearch(seconds, Coordinate(point, 1));
                kept = best.UpTo(rank) > Coordinate(point, 2);
                if (kept)
                    best.Lower(rank, Coordinate(point, 2));
            }
            if (kept)
                front.Add(order[i]);
        }
        front.Sort();
        return front;
    }

    private static double Coordinate(double[] point, int index) => index < point.Length ? point[index] : 0;

    /// <summary>An array of which the minimum of any beginning is found in logarithmic time (Fenwick, 1994).</summary>
    private sealed class PrefixMinimum(int length)
    {
        private readonly double[] tree = [.. Enumerable.Repeat(double.PositiveInfinity, length + 1)];

        public double UpTo(int index)
        {
            var minimum = double.PositiveInfinity;
            for (var node = index + 1; node > 0; node -= node & -node)
                minimum = Math.Min(minimum, tree[node]);
            return minimum;
        }

        public void Lower(int index, double value)
        {
            for (var node = index + 1; node < tree.Length; node += node & -node)
                tree[node] = Math.Min(tree[node], value);
        }
    }
}
