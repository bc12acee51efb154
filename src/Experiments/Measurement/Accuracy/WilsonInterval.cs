namespace Grid.Experiments.Measurement.Accuracy;

/// <summary>
/// The 95 % score interval of a share counted in independent trials (E. B. Wilson 1927). Unlike the usual normal one it stays within 0
/// and 1 and keeps its coverage near them (Brown, Cai and DasGupta 2001).
/// </summary>
public static class WilsonInterval
{
    private const double Z = 1.959963984540054;

    /// <param name="count">Successes, 0 to <paramref name="total"/>.</param>
    /// <param name="total">Trials, at least 1.</param>
    public static (double Low, double High) Of(int count, int total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, total);
        double n = total;
        var share = count / n;
        var centre = (share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n)));
        // At the ends the interval ends there too; rounding may not move it inside.
        return (count == 0 ? 0 : centre - half, count == total ? 1 : centre + half);
    }
}
