namespace Grid.Experiments.Frontier;

/// <summary>The half width of a 95 % confidence interval of a mean, in standard errors.</summary>
internal static class StudentT
{
    // The 0.975 quantile for 1 to 30 degrees of freedom.
    private static readonly double[] Table =
    [
        12.7062047362, 4.3026527297, 3.1824463053, 2.7764451052, 2.5705818356, 2.4469118511, 2.3646242516, 2.3060041352,
        2.2621571628, 2.2281388520, 2.2009851601, 2.1788128297, 2.1603686565, 2.1447866879, 2.1314495456, 2.1199052992,
        2.1098155778, 2.1009220402, 2.0930240544, 2.0859634473, 2.0796138447, 2.0738730679, 2.0686576104, 2.0638985616,
        2.0595385528, 2.0555294386, 2.0518305165, 2.0484071418, 2.0452296421, 2.0422724563,
    ];

    /// <summary>The 0.975 quantile; above 30 by Fisher's expansion around the normal one, to five decimals (Abramowitz and Stegun, 26.7.5).</summary>
    public static double Quantile975(int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        if (degreesOfFreedom <= Table.Length)
            return Table[degreesOfFreedom - 1];
        const double Z = 1.959963984540054;
        const double Z3 = Z * Z * Z;
        const double Z5 = Z3 * Z * Z;
        const double Z7 = Z5 * Z * Z;
        double n = degreesOfFreedom;
        return Z
            + (Z3 + Z) / (4 * n)
            + (5 * Z5 + 16 * Z3 + 3 * Z) / (96 * n * n)
            + (3 * Z7 + 19 * Z5 + 17 * Z3 - 15 * Z) / (384 * n * n * n);
    }
}
