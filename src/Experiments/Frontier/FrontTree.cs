namespace Grid.Experiments.Frontier;

/// <summary>
/// Points of which none dominates another, in a tree whose nodes know the box around their points, so that whole nodes are passed over
/// that hold nothing a new point could be dominated by or dominate (Jaszkiewicz and Lust, "ND-Tree-Based Update: A Fast Algorithm for
/// the Dynamic Nondominance Problem", 2018). Nodes divide at a median, along one coordinate after the other, as in a k-d tree: that works
/// whatever the coordinates' units are.
/// </summary>
internal sealed class FrontTree(int dimensions)
{
    private readonly Node root = new(dimensions, depth: 0);

    /// <summary>
    /// Whether a point of the tree dominates the new one. If none does, takes out those that the new one dominates. (Both cannot be: the
    /// tree would have held two of which one dominates.)
    /// </summary>
    /// <param name="cost">Smaller is better.</param>
    /// <param name="displaced">Receives the names of those taken out.</param>
    public bool Dominates(ReadOnlySpan<double> cost, List<int> displaced) => root.Dominates(cost, displaced);

    /// <summary>Adds a point that none in the tree dominates, nor is dominated by.</summary>
    public void Add(int name, ReadOnlySpan<double> cost) => root.Add(name, cost);

    private sealed class Node(int dimensions, int depth)
    {
        private readonly double[] low = Filled(dimensions, double.PositiveInfinity);
        private readonly double[] high = Filled(dimensions, double.NegativeInfinity);

        /// <summary>Null for a node that is divided into the points below and from the threshold on.</summary>
        private FrontLeaf? leaf = new(dimensions);
        private int axis;
        private double threshold;
        private Node? below;
        private Node? above;

        public bool Dominates(ReadOnlySpan<double> cost, List<int> displaced)
        {
            if (!MayMatter(cost))
                return false;
            var before = displaced.Count;
            if (leaf is not null ? leaf.Dominates(cost, displaced) : below!.Dominates(cost, displaced) || above!.Dominates(cost, displaced))
                return true;
            if (displaced.Count > before)
                Tighten();
            return false;
        }

        public void Add(int name, ReadOnlySpan<double> cost)
        {
            for (var d = 0; d < cost.Length; d++)
            {
                low[d] = Math.Min(low[d], cost[d]);
                high[d] = Math.Max(high[d], cost[d]);
            }

            if (leaf is { IsFull: true })
                Divide();
            if (leaf is not null)
                leaf.Add(name, cost);
            else
                (cost[axis] < threshold ? below! : above!).Add(name, cost);
        }

        /// <summary>Whether the box reaches to where points dominate the new one, or to where it dominates them.</summary>
        private bool MayMatter(ReadOnlySpan<double> cost)
        {
            var (better, worse) = (true, true);
            for (var d = 0; d < cost.Length; d++)
            {
                better &= low[d] <= cost[d];
                worse &= high[d] >= cost[d];
            }
            return better | worse;
        }

        private void Tighten()
        {
            if (leaf is not null)
            {
                leaf.Bounds(low, high);
                return;
            }

            for (var d = 0; d < low.Length; d++)
            {
                low[d] = Math.Min(below!.low[d], above!.low[d]);
                high[d] = Math.Max(below.high[d], above.high[d]);
            }

            // Two halves that became few join again, so that a front that keeps moving on leaves no empty nodes behind.
            if (below!.leaf is { } left && above!.leaf is { } right && left.Count + right.Count <= FrontLeaf.Capacity / 2)
            {
                left.AddRange(right, _ => true);
                (leaf, below, above) = (left, null, null);
            }
        }

        /// <summary>Divides a full leaf, along the first coordinate from this depth's on in which its points differ; else lets it grow.</summary>
        private void Divide()
        {
            var whole = leaf!;
            for (var i = 0; i < dimensions; i++)
            {
                var along = (depth + i) % dimensions;
                if (whole.Middle(along) is not { } middle)
                    continue;
                (axis, threshold, leaf) = (along, middle, null);
                below = Part(whole, position => whole.Cost(along, position) < middle);
                above = Part(whole, position => whole.Cost(along, position) >= middle);
                return;
            }

            whole.Grow();
        }

        private Node Part(FrontLeaf whole, Func<int, bool> chosen)
        {
            var part = new Node(dimensions, depth + 1);
            part.leaf!.AddRange(whole, chosen);
            part.leaf.Bounds(part.low, part.high);
            return part;
        }

        private static double[] Filled(int length, double value)
        {
            var filled = new double[length];
            Array.Fill(filled, value);
            return filled;
        }
    }
}
