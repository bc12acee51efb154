using System.Numerics;

namespace Grid.Experiments.Frontier;

/// <summary>A few points side by side, so that several are compared with a new one at once.</summary>
internal sealed class FrontLeaf(int dimensions)
{
    /// <summary>How many it holds unless told to grow; a multiple of what fits the widest vector.</summary>
    public const int Capacity = 32;

    /// <summary>One array per coordinate. Beyond the points stand NaNs, which are neither smaller nor larger than anything.</summary>
    private readonly double[][] costs = [.. Enumerable.Range(0, dimensions).Select(_ => NaNs(Capacity))];
    private int[] names = new int[Capacity];

    public int Count { get; private set; }

    public bool IsFull => Count == names.Length;

    public double Cost(int axis, int position) => costs[axis][position];

    /// <inheritdoc cref="FrontTree.Dominates"/>
    public bool Dominates(ReadOnlySpan<double> cost, List<int> displaced)
    {
        var gone = displaced.Count;
        for (var first = 0; first < Count; first += Vector<double>.Count)
        {
            var (noWorse, noBetter) = Compare(first, cost);
            if ((noWorse & ~noBetter) != 0)
                return true;
            for (var dominated = noBetter & ~noWorse; dominated != 0; dominated &= dominated - 1)
                displaced.Add(names[first + BitOperations.TrailingZeroCount(dominated)]);
        }

        if (displaced.Count > gone)
            Remove(displaced, gone);
        return false;
    }

    /// <summary>There must be room.</summary>
    public void Add(int name, ReadOnlySpan<double> cost)
    {
        names[Count] = name;
        for (var d = 0; d < cost.Length; d++)
            costs[d][Count] = cost[d];
        Count++;
    }

    /// <summary>Adds those of another leaf that lie at the chosen positions.</summary>
    public void AddRange(FrontLeaf other, Func<int, bool> chosen)
    {
        for (var position = 0; position < other.Count; position++)
        {
            if (!chosen(position))
                continue;
            if (IsFull)
                Grow();
            names[Count] = other.names[position];
            for (var d = 0; d < costs.Length; d++)
                costs[d][Count] = other.costs[d][position];
            Count++;
        }
    }

    public void Grow()
    {
        for (var d = 0; d < costs.Length; d++)
            costs[d] = [.. costs[d], .. NaNs(names.Length)];
        Array.Resize(ref names, 2 * names.Length);
    }

    /// <summary>A value that some of the points lie below along an axis, and about half of them not; null when all are equal.</summary>
    public double? Middle(int axis)
    {
        var sorted = costs[axis].AsSpan(0, Count).ToArray();
        Array.Sort(sorted);
        var middle = sorted[Count / 2];
        if (middle > sorted[0])
            return middle;
        var above = Array.FindIndex(sorted, cost => cost > middle);
        return above < 0 ? null : sorted[above];
    }

    /// <summary>The box around the points: from infinity to minus infinity when there are none.</summary>
    public void Bounds(Span<double> low, Span<double> high)
    {
        for (var d = 0; d < costs.Length; d++)
        {
            (low[d], high[d]) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var cost in costs[d].AsSpan(0, Count))
                (low[d], high[d]) = (Math.Min(low[d], cost), Math.Max(high[d], cost));
        }
    }

    /// <summary>For the points from <paramref name="first"/> on, a bit each: whether it is nowhere worse and nowhere better than the new one.</summary>
    private (uint NoWorse, uint NoBetter) Compare(int first, ReadOnlySpan<double> cost)
    {
        var noWorse = Vector<long>.AllBitsSet;
        var noBetter = Vector<long>.AllBitsSet;
        for (var d = 0; d < cost.Length; d++)
        {
            var theirs = new Vector<double>(costs[d], first);
            var mine = new Vector<double>(cost[d]);
            noWorse &= Vector.LessThanOrEqual(theirs, mine);
            noBetter &= Vector.GreaterThanOrEqual(theirs, mine);
            if ((noWorse | noBetter) == Vector<long>.Zero)
                return default;
        }
        return (Bits(noWorse), Bits(noBetter));
    }

    private static uint Bits(Vector<long> mask)
    {
        var bits = 0u;
        for (var i = 0; i < Vector<long>.Count; i++)
            bits |= (uint)(mask[i] & 1) << i;
        return bits;
    }

    /// <param name="gone">Names, from a position on, in the order in which they lie here.</param>
    private void Remove(List<int> gone, int next)
    {
        var kept = 0;
        for (var position = 0; position < Count; position++)
        {
            if (next < gone.Count && gone[next] == names[position])
            {
                next++;
                continue;
            }
            names[kept] = names[position];
            foreach (var column in costs)
                column[kept] = column[position];
            kept++;
        }

        foreach (var column in costs)
            column.AsSpan(kept, Count - kept).Fill(double.NaN);
        Count = kept;
    }

    private static double[] NaNs(int length)
    {
        var missing = new double[length];
        Array.Fill(missing, double.NaN);
        return missing;
    }
}
