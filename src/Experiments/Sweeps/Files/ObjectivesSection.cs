using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Sweeps.Files.Yaml;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>What is optimised.</summary>
internal static class ObjectivesSection
{
    public const string Minimum = "min";
    public const string Maximum = "max";

    /// <summary>Metrics and their short names, but not accuracy on the test split: who chooses by it has none left to test with.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. MetricCatalog.All.Select(m => m.Name).Concat(MetricCatalog.Aliases.Keys).Where(n => n != MetricCatalog.TestAccuracy).Order(StringComparer.Ordinal),
    ];

    public static string Word(Direction direction) => direction == Direction.Maximize ? Maximum : Minimum;

    public static string? AboutTest(string name) => name == MetricCatalog.TestAccuracy
        ? "the test split is looked at once, after choosing, so that it stays honest; "
        : null;

    public static IReadOnlyList<Objective> Read(YamlItem item, SweepErrors errors)
    {
        var section = Section.Of(item, SweepFileKeys.Objectives, Names, errors, AboutTest);
        if (item is YamlMap { Entries.Count: 0 })
            errors.Add(item, SweepFileKeys.Objectives, $"there is nothing to optimise; accepted: a mapping with some of {Section.Words(Names)}.");
        var objectives = new List<Objective>();
        foreach (var (key, value) in section.Entries)
        {
            var metric = MetricCatalog.Find(key.Text)!;
            var path = section.PathOf(key.Text);
            if (objectives.Any(o => o.Metric == metric.Name))
                errors.Add(key.Line, key.Column, path, null, $"this is {metric.Name}, which is an objective already; accepted: once.");
            else if (value is YamlScalar { Text: Minimum or Maximum } word && word.Text != Word(metric.Better))
                errors.Add(value, path, $"{key.Text} improves the other way; accepted: {Word(metric.Better)}.");
            else if (ValueReader.Value(value, path, new WordRule(Word(metric.Better)), errors) is not null)
                objectives.Add(new Objective(metric.Name, metric.Better));
        }
        return objectives;
    }
}
