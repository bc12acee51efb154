using System.Numerics;
using System.Text.Json.Serialization;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Sweeps.Space;

/// <summary>The values one swept parameter may take: a list, or a range.</summary>
/// <param name="Key">e.g. "prune.ratio".</param>
/// <param name="Values">The listed values in canonical spelling; for a range with a count, its points. Null for a range without count.</param>
/// <param name="Range">Set when the file gives a range.</param>
public sealed record ParameterDomain(string Key, IReadOnlyList<string>? Values, ParameterRange? Range = null)
{
    /// <summary>How many values a grid tries; null for a range of real numbers without count.</summary>
    [JsonIgnore]
    public BigInteger? Size => this switch
    {
        { Values: { } values } => values.Count,
        { Range: { WholeNumbers: true } range } => new BigInteger(range.To - range.From + 1),
        _ => null,
    };

    /// <summary>The first value of the file.</summary>
    [JsonIgnore]
    public string First => Values is null ? Range!.At(0) : Values[0];

    /// <summary>The value at a place in [0, 1): strategies that sample draw from all of a range, whatever its count.</summary>
    public string At(double place) => Range is null ? Values![(int)(place * Values.Count)] : Range.At(place);
}

/// <summary>An interval, ends included. <paramref name="Count"/> points of it make a grid; random strategies draw from all of it.</summary>
public sealed record ParameterRange(double From, double To, bool Logarithmic, bool WholeNumbers, int? Count)
{
    private const int SignificantDigits = 6;

    /// <summary>
    /// The value at a place in [0, 1], 0 and 1 being the ends, in canonical spelling. Between the ends it has six significant
    /// digits: what people read in a table is what was tried.
    /// </summary>
    public string At(double place)
    {
        if (WholeNumbers)
            return StageSettings.Spell(Logarithmic ? WholeLogarithmic(place) : Math.Min(To, Math.Floor(From + (place * (To - From + 1)))));
        if (place is 0 or 1)
            return StageSettings.Spell(place == 0 ? From : To);
        var value = Logarithmic ? From * Math.Pow(To / From, place) : From + (place * (To - From));
        return StageSettings.Spell(Math.Clamp(Round(value), From, To));
    }

    /// <summary><paramref name="count"/> evenly spaced points, both ends among them; fewer when whole numbers coincide.</summary>
    public IReadOnlyList<string> Points(int count)
    {
        var places = Enumerable.Range(0, count).Select(i => (double)i / (count - 1));
        var points = WholeNumbers
            ? places.Select(p => StageSettings.Spell(Math.Round(Logarithmic ? From * Math.Pow(To / From, p) : From + (p * (To - From)))))
            : places.Select(At);
        return [.. points.Distinct()];
    }

    /// <summary>Every whole number n has the share of the logarithmic scale between n and n + 1.</summary>
    private double WholeLogarithmic(double place) => Math.Clamp(Math.Floor(From * Math.Pow((To + 1) / From, place)), From, To);

    private static double Round(double value) =>
        double.Parse(value.ToString($"E{SignificantDigits - 1}", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
