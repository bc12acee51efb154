using System.Numerics;

namespace Grid.Experiments.Frontier;

/// <summary>
/// The items that no other item dominates, kept while they arrive one by one. An item dominates another when it is at least as
/// good in every objective and better in one. Items with equal values dominate each other in nothing: all of them stay. Adding
/// to a front of n items takes time proportional to n; there is no limit on the number of objectives.
/// </summary>
public sealed class ParetoFront<T>(params IReadOnlyList<Direction> directions)
{
    private readonly List<T> items = [];

    // One array per objective, smaller is better, so that several items are compared at once. Beyond the items stand NaNs, which
    // are neither smaller nor larger than anything.
    private readonly double[][] costs = [.. directions.Select(_ => Array.Empty<double>())];

    /// <summary>In the order in which they entered.</summary>
    public IReadOnlyList<T> Items => items;

    /// <summary>Offers an item to the front.</summary>
    /// <param name="values">One per direction, NaN for one that is missing.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than directions.</exception>
    public FrontChange<T> Add(T item, params ReadOnlySpan<double> values)
    {
        if (values.Length != directions.Count)
            throw new ArgumentException($"{values.Length} values for {directions.Count} objectives.", nameof(values));
        Span<double> cost = stackalloc double[values.Length];
        for (var i = 0; i < cost.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                return new(FrontEntry.NotComparable, []);
            cost[i] = directions[i] == Direction.Minimize ? values[i] : -values[i];
        }

        // If one item dominates the new one, the new one can dominate none: the front would have held two of which one dominates.
        List<int>? displaced = null;
        for (var first = 0; first < items.Count; first += Vector<double>.Count)
        {
            var (noWorse, noBetter) = Compare(first, cost);
            if ((noWorse & ~noBetter) != 0)
                return new(FrontEntry.Dominated, []);
            for (var dominated = noBetter & ~noWorse; dominated != 0; dominated &= dominated - 1)
                (displaced ??= []).Add(first + BitOperations.TrailingZeroCount(dominated));
        }
        var left = displaced is null ? [] : Remove(displaced);
        Append(item, cost);
        return new(FrontEntry.Entered, left);
    }

    /// <summary>For the items from <paramref name="first"/> on, a bit each: whether it is nowhere worse and nowhere better than the new one.</summary>
    private (uint NoWorse, uint NoBetter) Compare(int first, ReadOnlySpan<double> cost)
    {
        var noWorse = Vector<long>.AllBitsSet;
        var noBetter = Vector<long>.AllBitsSet;
        for (var objective = 0; objective < cost.Length; objective++)
        {
            var theirs = new Vector<double>(costs[objective], first);
            var mine = new Vector<double>(cost[objective]);
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

    private List<T> Remove(List<int> positions)
    {
        var removed = positions.ConvertAll(position => items[position]);
        var kept = positions[0];
        for (int position = positions[0], next = 0; position < items.Count; position++)
        {
            if (next < positions.Count && positions[next] == position)
            {
                next++;
                continue;
            }
            items[kept] = items[position];
            foreach (var column in costs)
                column[kept] = column[position];
            kept++;
        }
        foreach (var column in costs)
            column.AsSpan(kept, items.Count - kept).Fill(double.NaN);
        items.RemoveRange(kept, items.Count - kept);
        return removed;
    }

    private void Append(T item, ReadOnlySpan<double> cost)
    {
        for (var objective = 0; objective < cost.Length; objective++)
        {
            ref var column = ref costs[objective];
            if (items.Count == column.Length)
            {
                Array.Resize(ref column, Math.Max(2 * column.Length, 4 * Vector<double>.Count));
                column.AsSpan(items.Count).Fill(double.NaN);
            }
            column[items.Count] = cost[objective];
        }
        items.Add(item);
    }
}
