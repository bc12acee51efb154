using System.Numerics;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Files.Yaml;
using Grid.Experiments.Sweeps.Space;
using Grid.Experiments.Sweeps.Strategies;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>What is swept.</summary>
internal static class SpaceSection
{
    private static readonly string[] keys = [.. ParameterCatalog.All.Select(p => p.Key)];

    /// <summary>The domains that can be read, in the order of the file.</summary>
    /// <param name="pipeline">Null when it could not be read.</param>
    /// <param name="strategy">Null when it could not be read.</param>
    public static IReadOnlyList<ParameterDomain> Read(
        YamlItem item, IReadOnlyList<StageKind>? pipeline, FixedValues fixedValues, StrategySettings? strategy, SweepErrors errors)
    {
        if (item is not YamlMap { Entries.Count: > 0 })
        {
            errors.Add(item, SweepFileKeys.Space, $"there is nothing to sweep; accepted: a mapping with some of {Section.Words(keys)}.");
            return [];
        }
        var section = Section.Of(item, null, keys, errors, Nested);
        var domains = new List<ParameterDomain>();
        foreach (var entry in section.Entries)
        {
            var parameter = ParameterCatalog.Find(entry.Key.Text)!;
            CheckPlace(entry, parameter, pipeline, fixedValues, errors);
            if (DomainReader.Read(entry.Value, parameter, errors) is not { } domain)
                continue;
            domains.Add(domain);
            if (strategy?.Name == SweepStrategies.Grid && domain.Size is null)
                errors.Add(entry.Value, parameter.Key,
                    $"a grid takes points of a range; accepted: a count beside it, or another strategy: {Section.Words([.. SweepStrategies.Names.Skip(1)])}.");
        }
        if (strategy?.Name == SweepStrategies.Grid)
            CheckSize(item, domains, errors);
        return domains;
    }

    private static string? Nested(string name) => ParameterCatalog.Stages.Select(ParameterCatalog.Prefix).Contains(name)
        ? $"keys are written with their stage, such as {keys.First(k => k.StartsWith($"{name}.", StringComparison.Ordinal))}; "
        : null;

    private static void CheckPlace(
        YamlEntry entry, Parameter parameter, IReadOnlyList<StageKind>? pipeline, FixedValues fixedValues, SweepErrors errors)
    {
        if (pipeline is not null && parameter.Stage != StageKind.Train && !pipeline.Contains(parameter.Stage))
            errors.Add(entry.Key.Line, entry.Key.Column, parameter.Key, null,
                $"the pipeline has no {ParameterCatalog.Prefix(parameter.Stage)}; accepted: this key only beside a pipeline with it.");
        if (fixedValues.PlaceOf(parameter.Key) is { } place)
            errors.Add(entry.Key.Line, entry.Key.Column, parameter.Key, null,
                $"line {place.Line} gives it a fixed value already; accepted: one of both.");
    }

    private static void CheckSize(YamlItem item, IReadOnlyList<ParameterDomain> domains, SweepErrors errors)
    {
        var combinations = domains.Aggregate(BigInteger.One, (product, domain) => product * (domain.Size ?? BigInteger.One));
        if (combinations > SearchSpace.MostCombinations)
            errors.Add(item.Line, item.Column, SweepFileKeys.Space, $"a grid of {combinations:N0} combinations",
                $"accepted: at most {SearchSpace.MostCombinations:N0}. Shorten lists, lower counts, or try a sample of it: "
                + $"{SweepFileKeys.Strategy}: {{ name: {SweepStrategies.Sobol}, budget: 200 }}.");
    }
}
