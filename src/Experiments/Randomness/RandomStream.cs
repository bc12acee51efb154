using System.Numerics;

namespace Grid.Experiments.Randomness;

/// <summary>
/// A seeded stream of random numbers whose values never change with the version of .NET: xoshiro256** (Blackman and Vigna,
/// "Scrambled Linear Pseudorandom Number Generators", 2021), its state filled by SplitMix64. Not thread-safe, not for secrets.
/// </summary>
public sealed class RandomStream
{
    private ulong s0, s1, s2, s3;
    private double? spareNormal;

    public RandomStream(ulong seed)
    {
        s0 = SplitMix(ref seed);
        s1 = SplitMix(ref seed);
        s2 = SplitMix(ref seed);
        s3 = SplitMix(ref seed);
    }

    /// <summary>
    /// One seed out of several numbers, in which their order counts, for streams that must not depend on each other:
    /// <c>new RandomStream(RandomStream.Mix(seed, epoch))</c>.
    /// </summary>
    public static ulong Mix(params ReadOnlySpan<ulong> parts)
    {
        var state = (ulong)parts.Length;
        foreach (var part in parts)
        {
            state ^= part;
            state = SplitMix(ref state);
        }
        return state;
    }

    /// <summary>Uniform over all 64 bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, 1), a multiple of 2^-24.</summary>
    public float NextFloat() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>
    /// Normal with mean 0 and standard deviation 1 (Box and Muller, 1958). The logarithm and the cosine come from the platform, so
    /// the last bit may differ between operating systems.
    /// </summary>
    public double NextNormal()
    {
        if (spareNormal is { } spare)
        {
            spareNormal = null;
            return spare;
        }
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * NextDouble());
        spareNormal = radius * sine;
        return radius * cosine;
    }

    /// <summary>
    /// Uniform in [0, exclusiveMax), without bias (Lemire, "Fast Random Integer Generation in an Interval", 2019).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int NextInt(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        var bound = (ulong)exclusiveMax;
        var high = Math.BigMul(NextUInt64(), bound, out var low);
        if (low < bound)
        {
            var threshold = (0 - bound) % bound;
            while (low < threshold)
                high = Math.BigMul(NextUInt64(), bound, out low);
        }
        return (int)high;
    }

    /// <summary>Brings the values into a uniformly random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
