namespace Grid.Experiments.Measurement.Latency;

/// <summary>Quantiles by nearest rank: the smallest observed value that at least that share of all values does not exceed.</summary>
internal static class Quantile
{
    /// <param name="values">At least one, in any order.</param>
    /// <param name="share">Above 0 and at most 1.</param>
    public static double Of(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        // In decimal, for 0.9 * 10 must not round up to rank 10.
        var rank = (int)Math.Ceiling((decimal)share * sorted.Length);
        return sorted[Math.Max(rank, 1) - 1];
    }
}
