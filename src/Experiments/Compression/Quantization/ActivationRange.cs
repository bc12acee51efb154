namespace Grid.Experiments.Compression.Quantization;

/// <summary>How a float activation maps onto 0 to 255: real = (code - ZeroPoint) * Scale. Zero is exact.</summary>
public readonly record struct ActivationScale(float Scale, byte ZeroPoint)
{
    /// <summary>Covers [low, high], widened to contain zero.</summary>
    public static ActivationScale Of(double low, double high)
    {
        (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        if (!(high - low > 1e-12) || !double.IsFinite(high - low))
            return new ActivationScale(1f, 0);
        var scale = (float)((high - low) / 255);
        return new ActivationScale(scale, (byte)Math.Clamp(Math.Round(-low / scale, MidpointRounding.ToEven), 0, 255));
    }

    public double Quantize(double value) => (Math.Clamp(Math.Round(value / Scale, MidpointRounding.ToEven) + ZeroPoint, 0, 255) - ZeroPoint) * Scale;
}

/// <summary>What calibration has seen of one activation: its extremes, and a histogram between them.</summary>
public sealed class ActivationRange
{
    public const int Bins = 2048;
    private readonly double[] counts = new double[Bins];

    public double Low { get; private set; } = double.PositiveInfinity;
    public double High { get; private set; } = double.NegativeInfinity;

    /// <summary>First pass.</summary>
    public void Widen(double low, double high) => (Low, High) = (Math.Min(Low, low), Math.Max(High, high));

    /// <summary>Second pass: counts in equal bins from <see cref="Low"/> to <see cref="High"/>.</summary>
    public void Count(IEnumerable<float> values)
    {
        var perUnit = High > Low ? Bins / (High - Low) : 0;
        foreach (var value in values)
            counts[Math.Clamp((int)((value - Low) * perUnit), 0, Bins - 1)]++;
    }

    public ActivationScale MinMax() => ActivationScale.Of(Low, High);

    /// <summary>Leaves out the share beyond the percentile on each side that has any: 99.99 clips one value in ten thousand.</summary>
    public ActivationScale Percentile(double percentile)
    {
        // Rounded, so that a thousandth of a thousand values is one.
        var beyond = Math.Round(counts.Sum() * (100 - percentile) / 100, 6);
        var (first, last) = (0, Bins - 1);
        for (var left = beyond; first < last && (left -= counts[first]) >= 0; first++)
        {
        }

        for (var left = beyond; last > first && (left -= counts[last]) >= 0; last--)
        {
        }

        return ActivationScale.Of(Low < 0 ? Edge(first) : 0, High > 0 ? Edge(last + 1) : 0);
    }

    /// <summary>
    /// The share of the range, from a hundredth to all, whose rounding and clipping together make the smallest mean squared error over the
    /// histogram (Nagel et al. 2021, "A White Paper on Neural Network Quantization", arXiv 2106.08295, section 3.1).
    /// </summary>
    public ActivationScale MeanSquaredError()
    {
        var best = MinMax();
        var smallest = Error(best);
        for (var percent = 1; percent < 100; percent++)
        {
            var scale = ActivationScale.Of(Low * percent / 100, High * percent / 100);
            if (Error(scale) is var error && error < smallest)
                (best, smallest) = (scale, error);
        }

        return best;
    }

    private double Error(ActivationScale scale)
    {
        var sum = 0.0;
        for (var i = 0; i < Bins; i++)
        {
            if (counts[i] == 0)
                continue;
            var centre = Edge(i + 0.5);
            var off = centre - scale.Quantize(centre);
            sum += counts[i] * off * off;
        }

        return sum;
    }

    private double Edge(double bin) => Low + ((High - Low) * bin / Bins);
}
