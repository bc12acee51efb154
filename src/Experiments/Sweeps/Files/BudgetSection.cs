using System.Globalization;
using Grid.Experiments.Sweeps.Files.Yaml;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>What a sweep may take in all.</summary>
internal static class BudgetSection
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Joules: more than a large cluster takes in a year.</summary>
    public const double MostEnergy = 1e15;

    private static readonly string[] names = [.. FileSettings.Budget.Select(s => s.Name)];

    /// <summary>Null when there is none, or, with errors, when it cannot be read.</summary>
    public static SweepBudget? Read(YamlItem? item, IReadOnlyList<long> seeds, SweepErrors errors)
    {
        if (item is null)
            return null;
        var section = Section.Of(item, SweepFileKeys.Budget, names, errors);
        if (item is YamlMap { Entries.Count: 0 })
            errors.Add(item, SweepFileKeys.Budget, $"there is no limit in it; accepted: a mapping with some of {Section.Words(names)}.");
        var values = section.Read(FileSettings.Budget);
        var energy = values.TryGetValue(SweepBudget.EnergyName, out var joules) ? Quantity.Joules(joules) : (double?)null;
        var time = values.TryGetValue(SweepBudget.TimeName, out var text) ? Quantity.Time(text) : (TimeSpan?)null;
        var trials = values.OptionalInteger(SweepBudget.TrialsName);
        if (energy is <= 0 or > MostEnergy)
            Refuse(SweepBudget.EnergyName, "accepted: above 0 J.");
        if (time < Shortest || time > Longest)
            Refuse(SweepBudget.TimeName, $"accepted: 1s to {Longest.TotalHours.ToString(CultureInfo.InvariantCulture)}h.");
        if (trials < seeds.Count)
            Refuse(SweepBudget.TrialsName, $"the uncompressed model is tried first, once with each seed; accepted: {seeds.Count} or more.");
        return new SweepBudget(energy, time, trials);

        void Refuse(string name, string message) => errors.Add(section[name]!, section.PathOf(name), message);
    }
}
