using System.Globalization;
using Grid.Experiments.Sweeps.Files.Yaml;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>The seeds with which every configuration is tried.</summary>
internal static class SeedsSection
{
    public const int Most = 1_000;

    /// <summary>The default when it is missing or cannot be read.</summary>
    public static IReadOnlyList<long> Read(YamlItem? item, SweepErrors errors)
    {
        var setting = FileSettings.Seed;
        var seeds = new List<long>();
        var accepted = $"a list of up to {Most} different seeds, each {setting.Rule.Accepted}, such as [1, 2, 3]";
        foreach (var seed in item is null ? [] : ValueReader.List(item, setting.Name, accepted, errors) ?? [])
        {
            if (ValueReader.Value(seed, setting.Name, setting.Rule, errors) is not { } text)
                continue;
            var number = long.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (seeds.Contains(number))
                errors.Add(seed, setting.Name, "this seed is there already; accepted: each once.");
            else if (seeds.Count < Most)
                seeds.Add(number);
            else
                errors.Add(item!, setting.Name, $"accepted: {accepted}.");
        }
        return seeds.Count > 0 ? seeds : [long.Parse(setting.Default!, CultureInfo.InvariantCulture)];
    }
}
