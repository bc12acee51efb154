using Grid.Experiments.Metrics;

namespace Grid.Experiments.Frontier;

/// <summary>
/// The items that no other item dominates, kept while they arrive one by one. An item dominates another when it is at least as
/// good in every objective and better in one. Items with equal values dominate each other in nothing: all of them stay. There is
/// no limit on the number of objectives; with few, adding to a front of n items takes far fewer than n comparisons.
/// </summary>
public sealed class ParetoFront<T>(params IReadOnlyList<Direction> directions)
{
    private readonly List<T> items = [];

    /// <summary>What each item is called in the tree: a number that rises from one that entered to the next.</summary>
    private readonly List<int> names = [];
    private readonly FrontTree tree = new(directions.Count);
    private readonly List<int> displaced = [];
    private int entered;

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

        displaced.Clear();
        if (tree.Dominates(cost, displaced))
            return new(FrontEntry.Dominated, []);
        var left = displaced.Count == 0 ? [] : Remove();
        tree.Add(entered, cost);
        names.Add(entered++);
        items.Add(item);
        return new(FrontEntry.Entered, left);
    }

    private List<T> Remove()
    {
        displaced.Sort();
        var positions = displaced.ConvertAll(name => names.BinarySearch(name));
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
            names[kept] = names[position];
            kept++;
        }
        items.RemoveRange(kept, items.Count - kept);
        names.RemoveRange(kept, names.Count - kept);
        return removed;
    }
}
