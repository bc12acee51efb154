using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Strategies;

/// <summary>Sequences of distinct configurations, without the uncompressed reference.</summary>
internal static class Sequences
{
    private const int MostRepeats = 1_000;

    /// <summary>Every configuration of a space that can be listed.</summary>
    public static IEnumerable<StageSettings> Listed(SearchSpace space)
    {
        var reference = space.Reference();
        for (var number = 0L; number < space.Configurations; number++)
            if (space.At(number) is var values && !values.Equals(reference))
                yield return values;
    }

    /// <summary>
    /// The configurations at the points of the unit cube that <paramref name="next"/> writes, without repeats, up to the budget. Once
    /// a thousand points in a row bring nothing new, what remains of a space that can be listed follows, else the sequence ends.
    /// </summary>
    public static IEnumerable<StageSettings> Sampled(SearchSpace space, int budget, Action<double[]> next)
    {
        var seen = new HashSet<UInt128> { Identity(space.Reference()) };
        return Drawn().Concat(Listed(space)).Where(values => seen.Add(Identity(values))).Take(budget);

        IEnumerable<StageSettings> Drawn()
        {
            var point = new double[space.Domains.Count];
            for (var (repeats, found) = (0, seen.Count); repeats < MostRepeats; repeats++)
            {
                next(point);
                yield return space.At(point);
                if (seen.Count > found)
                    (repeats, found) = (0, seen.Count);
            }
        }
    }

    /// <summary>Enough of a hash to tell configurations apart in a small set.</summary>
    private static UInt128 Identity(StageSettings values) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(values.Canonical)));
}
