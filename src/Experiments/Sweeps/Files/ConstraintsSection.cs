using System.Globalization;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Sweeps.Files.Yaml;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>Limits that points of the frontier must keep.</summary>
internal static class ConstraintsSection
{
    public static IReadOnlyList<string> Names { get; } = [Constraint.AccuracyDrop, .. ObjectivesSection.Names];

    /// <summary>Whether a quantity gets an upper limit: it improves as it falls.</summary>
    public static bool IsUpper(string name) => name == Constraint.AccuracyDrop || MetricCatalog.Find(name)!.Better == Direction.Minimize;

    public static TextRule Rule(string name) => IsUpper(name)
        ? new($"<= *{TextRule.Number}", "an upper limit such as \"<= 0.01\"")
        : new($">= *{TextRule.Number}", "a lower limit such as \">= 0.9\"");

    public static IReadOnlyList<Constraint> Read(YamlItem? item, SweepErrors errors)
    {
        var section = Section.Of(item, SweepFileKeys.Constraints, Names, errors, ObjectivesSection.AboutTest);
        var constraints = new List<Constraint>();
        foreach (var (key, value) in section.Entries)
        {
            var path = section.PathOf(key.Text);
            var quantity = MetricCatalog.Find(key.Text)?.Name ?? key.Text;
            if (constraints.Any(c => c.Quantity == quantity))
                errors.Add(key.Line, key.Column, path, null, $"this is {quantity}, which has a limit already; accepted: once.");
            else if (ValueReader.Value(value, path, Rule(key.Text), errors) is { } limit)
                constraints.Add(new Constraint(quantity, IsUpper(key.Text), double.Parse(limit[2..], CultureInfo.InvariantCulture)));
        }
        return constraints;
    }
}
