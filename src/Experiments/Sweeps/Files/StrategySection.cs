using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Files.Yaml;
using Grid.Experiments.Sweeps.Strategies;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>How configurations are chosen: the name of a strategy, or a mapping with it.</summary>
internal static class StrategySection
{
    private const string Name = "name";
    private const string Budget = "budget";
    private const string Seed = "seed";

    private static readonly IReadOnlyDictionary<string, FileSetting> settings = FileSettings.Strategy.ToDictionary(s => s.Name);

    /// <summary>A grid when it is missing; null, with errors, when it cannot be read.</summary>
    public static StrategySettings? Read(YamlItem? item, SweepErrors errors)
    {
        if (item is YamlScalar)
            return ValueReader.Value(item, SweepFileKeys.Strategy, settings[Name].Rule, errors) is { } word ? Of(word, null, item, errors) : null;
        var section = Section.Of(item, SweepFileKeys.Strategy, [.. settings.Keys], errors);
        var name = section[Name] is { } given
            ? ValueReader.Value(given, section.PathOf(Name), settings[Name].Rule, errors)
            : settings[Name].Default;
        return name is null ? null : Of(name, section, item, errors);
    }

    private static StrategySettings? Of(string name, Section? section, YamlItem? at, SweepErrors errors)
    {
        var values = section?.Read([settings[Budget], settings[Seed]]) ?? new StageSettings([new(Seed, settings[Seed].Default!)]);
        var budget = section?[Budget];
        if (name == SweepStrategies.Grid)
        {
            // A grid draws nothing: two files that differ in its seed alone are one sweep.
            if (budget is null)
                return new StrategySettings(name, null, long.Parse(settings[Seed].Default!, System.Globalization.CultureInfo.InvariantCulture));
            errors.Add(budget, $"{SweepFileKeys.Strategy}.{Budget}", "a grid tries every combination; accepted: a budget with another strategy only.");
        }
        else if (budget is null)
            errors.Add(at!, SweepFileKeys.Strategy,
                $"it needs a budget, for there is no end to what it can draw; accepted: {{ name: {name}, {Budget}: 100 }}.");
        else if (values.OptionalInteger(Budget) is { } trials)
            return new StrategySettings(name, trials, values.Integer(Seed));
        return null;
    }
}
