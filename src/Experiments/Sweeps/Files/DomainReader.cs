using System.Globalization;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Files.Yaml;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>The values to try for one parameter: a list, or a range.</summary>
internal static class DomainReader
{
    /// <summary>Enough to draw any curve; keeps a file of a few lines from filling the memory.</summary>
    private const int MostPoints = 10_000;

    private static readonly string[] rangeKeys = [SweepFileKeys.Range, SweepFileKeys.LogRange, SweepFileKeys.Count];

    public static NumberRule CountRule { get; } = new(2, MostPoints) { Whole = true };

    /// <summary>Null, with errors, when it is neither.</summary>
    public static ParameterDomain? Read(YamlItem item, Parameter parameter, SweepErrors errors) => (item, parameter.Rule) switch
    {
        (YamlMap map, NumberRule rule) => Range(map, parameter.Key, rule, errors),
        _ => Listed(item, parameter, errors),
    };

    private static ParameterDomain? Listed(YamlItem item, Parameter parameter, SweepErrors errors)
    {
        var accepted = $"a list of values, each {parameter.Rule.Accepted}";
        if (parameter.Rule is NumberRule)
            accepted += $"; or a range such as {{ {SweepFileKeys.Range}: [a, b], {SweepFileKeys.Count}: 5 }}";
        if (item is YamlScalar)
            accepted += $"; a fixed value stands in {ParameterCatalog.Prefix(parameter.Stage)} as {parameter.Name}";
        if (ValueReader.List(item, parameter.Key, accepted, errors) is not { } items)
            return null;
        var values = items.Select(i => ValueReader.Value(i, parameter.Key, parameter.Rule, errors)).OfType<string>().ToList();
        return values.Count == items.Count ? new ParameterDomain(parameter.Key, values) : null;
    }

    private static ParameterDomain? Range(YamlMap map, string key, NumberRule rule, SweepErrors errors)
    {
        var section = Section.Of(map, key, rangeKeys, errors);
        var logarithmic = section[SweepFileKeys.LogRange] is not null;
        var isOne = logarithmic != section[SweepFileKeys.Range] is not null;
        if (!isOne)
            errors.Add(map, key, $"accepted: either {SweepFileKeys.Range} or {SweepFileKeys.LogRange} with both ends, and a {SweepFileKeys.Count}.");
        var count = section[SweepFileKeys.Count] is { } given ? ValueReader.Value(given, section.PathOf(SweepFileKeys.Count), CountRule, errors) : null;
        if (!isOne || Ends(section, logarithmic ? SweepFileKeys.LogRange : SweepFileKeys.Range, rule, errors) is not var (from, to))
            return null;
        if (count is null && section[SweepFileKeys.Count] is not null)
            return null;
        var points = count is null ? default(int?) : int.Parse(count, CultureInfo.InvariantCulture);
        var range = new ParameterRange(from, to, logarithmic, rule.Whole, points);
        return new ParameterDomain(key, points is { } number ? range.Points(number) : null, range);
    }

    private static (double From, double To)? Ends(Section section, string name, NumberRule rule, SweepErrors errors)
    {
        var (item, key) = (section[name]!, section.PathOf(name));
        var numbers = rule with { Word = null };
        var accepted = $"[a, b] with a below b, each {numbers.Accepted}";
        if (ValueReader.List(item, key, accepted, errors) is not { } items)
            return null;
        var ends = items.Select(i => ValueReader.Value(i, key, numbers, errors)).OfType<string>()
            .Select(e => double.Parse(e, CultureInfo.InvariantCulture)).ToList();
        if (ends.Count < items.Count)
            return null;
        if (ends.Count != 2 || ends[0] >= ends[1])
            errors.Add(item.Line, item.Column, key, $"[{string.Join(", ", ends.Take(3).Select(e => StageSettings.Spell(e)))}{(ends.Count > 3 ? ", …" : "")}]", $"accepted: {accepted}.");
        else if (name == SweepFileKeys.LogRange && ends[0] <= 0)
            errors.Add(items[0], key, "a logarithmic range cannot begin at 0; accepted: a number above 0.");
        else
            return (ends[0], ends[1]);
        return null;
    }
}
