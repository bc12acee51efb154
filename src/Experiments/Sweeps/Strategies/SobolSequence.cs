using System.Numerics;
using Grid.Experiments.Randomness;

namespace Grid.Experiments.Sweeps.Strategies;

/// <summary>
/// The Sobol sequence in Gray-code order (Antonov and Saleev, 1979) with the direction numbers of Joe and Kuo, "Constructing Sobol
/// Sequences with Better Two-Dimensional Projections", 2008. A digital shift, the same random bits added to every point, moves it
/// without harm to its evenness.
/// </summary>
public sealed class SobolSequence
{
    private const int Bits = 32;

    private readonly uint[][] directions;
    private readonly uint[] state;
    private uint index;

    /// <param name="seed">Seed of the digital shift; null for the plain sequence, whose first point is the origin.</param>
    /// <exception cref="ArgumentOutOfRangeException">More dimensions than there are direction numbers for.</exception>
    public SobolSequence(int dimensions, ulong? seed)
    {
        if (dimensions > MostDimensions)
            throw new ArgumentOutOfRangeException(nameof(dimensions), dimensions, $"The Sobol sequence is defined here for up to {MostDimensions} dimensions.");
        directions = [.. Enumerable.Range(0, dimensions).Select(Directions)];
        state = new uint[dimensions];
        if (seed is { } value)
        {
            var random = new RandomStream(value);
            for (var i = 0; i < dimensions; i++)
                state[i] = (uint)(random.NextUInt64() >> Bits);
        }
    }

    public static int MostDimensions => JoeKuo.Length + 1;

    /// <summary>Writes the next point: a number in [0, 1) for each dimension.</summary>
    public void Next(double[] point)
    {
        for (var i = 0; i < state.Length; i++)
            point[i] = state[i] / (double)(1UL << Bits);
        var lowestZero = BitOperations.TrailingZeroCount(~index++);
        for (var i = 0; i < state.Length; i++)
            state[i] ^= directions[i][lowestZero];
    }

    private static uint[] Directions(int dimension)
    {
        var result = new uint[Bits];
        var (degree, polynomial, initial) = dimension == 0 ? (0, 0, []) : JoeKuo[dimension - 1];
        for (var k = 0; k < Bits; k++)
        {
            if (dimension == 0)
                result[k] = 1u << (Bits - 1 - k);
            else if (k < degree)
                result[k] = initial[k] << (Bits - 1 - k);
            else
            {
                result[k] = result[k - degree] ^ (result[k - degree] >> degree);
                for (var j = 1; j < degree; j++)
                    if (((polynomial >> (degree - 1 - j)) & 1) == 1)
                        result[k] ^= result[k - j];
            }
        }
        return result;
    }

    /// <summary>For dimensions 2 to 32: degree and inner coefficients of the primitive polynomial, and the initial numbers m.</summary>
    private static readonly (int Degree, int Polynomial, uint[] Initial)[] JoeKuo =
    [
        (1, 0, [1]),
        (2, 1, [1, 3]),
        (3, 1, [1, 3, 1]),
        (3, 2, [1, 1, 1]),
        (4, 1, [1, 1, 3, 3]),
        (4, 4, [1, 3, 5, 13]),
        (5, 2, [1, 1, 5, 5, 17]),
        (5, 4, [1, 1, 5, 5, 5]),
        (5, 7, [1, 1, 7, 11, 19]),
        (5, 11, [1, 1, 5, 1, 1]),
        (5, 13, [1, 1, 1, 3, 11]),
        (5, 14, [1, 3, 5, 5, 31]),
        (6, 1, [1, 3, 3, 9, 7, 49]),
        (6, 13, [1, 1, 1, 15, 21, 21]),
        (6, 16, [1, 3, 1, 13, 27, 49]),
        (6, 19, [1, 1, 1, 15, 7, 5]),
        (6, 22, [1, 3, 1, 15, 13, 25]),
        (6, 25, [1, 1, 5, 5, 19, 61]),
        (7, 1, [1, 3, 7, 11, 23, 15, 103]),
        (7, 4, [1, 3, 7, 13, 13, 15, 69]),
        (7, 7, [1, 1, 3, 13, 7, 35, 63]),
        (7, 8, [1, 3, 5, 9, 1, 25, 53]),
        (7, 14, [1, 3, 1, 13, 9, 35, 107]),
        (7, 19, [1, 3, 1, 5, 27, 61, 31]),
        (7, 21, [1, 1, 5, 11, 19, 41, 61]),
        (7, 28, [1, 3, 5, 3, 3, 13, 69]),
        (7, 31, [1, 1, 7, 13, 1, 19, 1]),
        (7, 32, [1, 3, 7, 5, 13, 19, 59]),
        (7, 37, [1, 1, 3, 9, 25, 29, 41]),
        (7, 41, [1, 3, 5, 13, 23, 1, 55]),
        (7, 42, [1, 3, 7, 3, 13, 59, 17]),
    ];
}
