namespace Grid.Experiments.Frontier;

/// <summary>
/// Area and volume of a union of boxes that share the corner 0, by sweeping along one axis (in three dimensions as in Beume et al.,
/// "On the Complexity of Computing the Hypervolume Indicator", 2009).
/// </summary>
internal static class HypervolumeSweep
{
    /// <param name="gains">The far corner of each box; coordinates 0 and 1 count.</param>
    public static double Area(List<double[]> gains)
    {
        gains.Sort((a, b) => b[0].CompareTo(a[0]));
        var (area, height) = (0.0, 0.0);
        foreach (var gain in gains)
            if (gain[1] > height)
            {
                area += gain[0] * (gain[1] - height);
                height = gain[1];
            }
        return area;
    }

    /// <param name="gains">The far corner of each box; coordinates 0 to 2 count.</param>
    public static double Volume(List<double[]> gains)
    {
        gains.Sort((a, b) => b[2].CompareTo(a[2]));
        var stairs = new Stairs(gains.Count);
        var volume = 0.0;
        for (var i = 0; i < gains.Count; i++)
        {
            stairs.Add(gains[i][0], gains[i][1]);
            var depth = i + 1 < gains.Count ? gains[i + 1][2] : 0;
            volume += stairs.Area * (gains[i][2] - depth);
        }
        return volume;
    }

    /// <summary>
    /// The union of rectangles that share the corner 0, as the list of its steps: x falls from one to the next, y rises. A step is
    /// found by bisection; making room for it moves the steps behind it.
    /// </summary>
    private sealed class Stairs(int capacity)
    {
        private readonly (double X, double Y)[] steps = new (double, double)[capacity];
        private int count;

        public double Area { get; private set; }

        public void Add(double x, double y)
        {
            // The first step that does not reach as far as x; the one before it reaches at least x.
            var first = FirstShorterThan(x);
            if (first > 0 && steps[first - 1].Y >= y)
                return;
            if (first > 0 && steps[first - 1].X == x)
                first--;
            var below = first > 0 ? steps[first - 1].Y : 0;
            var end = first;
            var right = x;

            // The steps from first to end lie inside the new rectangle; what it adds is cut into columns by them.
            var last = below;
            while (end < count && steps[end].Y <= y)
            {
                Area += (right - steps[end].X) * (y - last);
                right = steps[end].X;
                last = steps[end].Y;
                end++;
            }
            Area += (right - (end < count ? steps[end].X : 0)) * (y - last);
            Array.Copy(steps, end, steps, first + 1, count - end);
            steps[first] = (x, y);
            count += first + 1 - end;
        }

        private int FirstShorterThan(double x)
        {
            var (low, high) = (0, count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (steps[middle].X < x)
                    high = middle;
                else
                    low = middle + 1;
            }
            return low;
        }
    }
}
