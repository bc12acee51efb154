using Grid.Experiments.Sweeps.Files.Yaml;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>The sections of the stages: one value for a parameter that is not swept.</summary>
internal sealed class FixedValues
{
    private readonly Dictionary<string, string> values = [];
    private readonly Dictionary<string, YamlItem> places = [];

    public static FixedValues Read(Section file, SweepErrors errors)
    {
        var read = new FixedValues();
        foreach (var stage in ParameterCatalog.Stages)
        {
            var parameters = ParameterCatalog.Of(stage);
            var section = Section.Of(file[ParameterCatalog.Prefix(stage)], ParameterCatalog.Prefix(stage), [.. parameters.Select(p => p.Name)], errors);
            foreach (var parameter in parameters)
            {
                if (section[parameter.Name] is not { } item)
                    continue;
                read.places[parameter.Key] = item;
                var hint = $"values to try stand in {SweepFileKeys.Space} as {parameter.Key}; ";
                if (ValueReader.Value(item, parameter.Key, parameter.Rule, errors, hint) is { } value)
                    read.values[parameter.Key] = value;
            }
        }
        return read;
    }

    /// <summary>The given values by key, canonical.</summary>
    public IReadOnlyDictionary<string, string> Given => values;

    /// <summary>Where a parameter's value stands, accepted or not; null when it is not given.</summary>
    public YamlItem? PlaceOf(string key) => places.GetValueOrDefault(key);
}
