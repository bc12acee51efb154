using Grid.Experiments.Frontier;

namespace Grid.Experiments.Analysis;

/// <summary>
/// How much of the variance of a number goes with the group that it belongs to: omega squared of a one-way analysis of variance (Hays,
/// "Statistics for Psychologists", 1963). Unlike the bare share of the sum of squares it expects 0 where groups differ by chance alone. The
/// 95 % interval is the jackknife's: each value left out once (Efron and Stein, "The Jackknife Estimate of Variance", 1981).
/// </summary>
/// <param name="Share">0 to 1, as the ends of the interval.</param>
public readonly record struct VarianceShare(double Share, double Low, double High)
{
    /// <summary>Null when there are fewer than two groups, no group with two values, or all values are equal.</summary>
    /// <param name="groups">A group's number for each value, from 0.</param>
    public static VarianceShare? Of(IReadOnlyList<double> values, IReadOnlyList<int> groups)
    {
        if (values.Count < 3)
            return null;
        var mean = values.Average();
        var sums = new Sums(groups.Max() + 1);
        for (var i = 0; i < values.Count; i++)
            sums.Add(values[i] - mean, groups[i], 1);
        if (sums.Share() is not { } share)
            return null;

        var without = new List<double>(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            sums.Add(values[i] - mean, groups[i], -1);
            if (sums.Share() is { } left)
                without.Add(left);
            sums.Add(values[i] - mean, groups[i], 1);
        }
        if (without.Count < 2)
            return new(share, 0, 1);
        var center = without.Average();
        var error = Math.Sqrt(without.Sum(w => (w - center) * (w - center)) * (without.Count - 1) / without.Count);
        var half = error * StudentT.Quantile975(without.Count - 1);
        return new(share, Math.Max(0, share - half), Math.Min(1, share + half));
    }

    /// <summary>What an analysis of variance needs of its groups; a value can be taken out again.</summary>
    private sealed class Sums(int groups)
    {
        private const double Rounding = 1e-12;
        private readonly double[] sum = new double[groups];
        private readonly int[] count = new int[groups];
        private double squares;

        public void Add(double value, int group, int times)
        {
            sum[group] += times * value;
            count[group] += times;
            squares += times * value * value;
        }

        public double? Share()
        {
            var all = count.Sum();
            var level = all == 0 ? 0 : sum.Sum() * sum.Sum() / all;
            var (used, between) = (0, -level);
            for (var g = 0; g < count.Length; g++)
            {
                if (count[g] == 0)
                    continue;
                used++;
                between += sum[g] * sum[g] / count[g];
            }
            var total = squares - level;
            if (used < 2 || all <= used || total <= Rounding * Math.Max(1, squares) * Math.Min(1, squares))
                return null;
            var within = Math.Max(0, total - between) / (all - used);
            return Math.Clamp((between - ((used - 1) * within)) / (total + within), 0, 1);
        }
    }
}
