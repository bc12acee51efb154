using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Sweeps.Space;
using Grid.Experiments.Sweeps.Strategies;

namespace Grid.Experiments.Sweeps;

/// <summary>
/// Holds a sweep that did not come from a sweep file, but from the store or a message, to the same rules: nothing in it is a path, a command
/// or the name of a type, and every value is one that a file could have given. Whoever adds a member to <see cref="Sweep"/> adds its rule here.
/// </summary>
public static class SweepCheck
{
    private const int MostValues = 10_000;
    private const int LongestFileName = 255;
    private static readonly TimeSpan longestStage = TimeSpan.FromDays(30);

    /// <summary>What is wrong, in sentences; empty when the sweep may be run.</summary>
    public static IReadOnlyList<string> Problems(Sweep sweep) =>
    [
        .. Model(sweep.Model), .. Data(sweep.Data), .. Pipeline(sweep.Pipeline), .. Settings("fixed", sweep.Fixed, ParameterRule),
        .. Settings("measure", sweep.Measure, MeasureRule), .. Space(sweep.Space), .. Goals(sweep), .. Strategy(sweep.Strategy), .. Seeds(sweep.Seeds),
        .. Machines(sweep.RunOn ?? RunOn.Default), .. Budget(sweep),
        .. Unless(FileSettings.Name.Rule.Spell(sweep.Name, quoted: true) is not null, "name", sweep.Name, FileSettings.Name.Rule.Accepted),
        .. Unless(sweep.StageTimeLimit > TimeSpan.Zero && sweep.StageTimeLimit <= longestStage, "stageTimeLimit", sweep.StageTimeLimit, "above 0, up to 30 days"),
    ];

    private static IEnumerable<string> Model(ModelSource model) =>
    [
        .. Unless(model.Zoo is null != model.Sha256 is null, "model", model, "either a network of the zoo or the SHA-256 of a file"),
        .. Unless(model.Zoo is null || ModelZoo.Names.Contains(model.Zoo), "model.zoo", model.Zoo, string.Join(", ", ModelZoo.Names)),
        .. Unless(model.Sha256 is null || Sha256Text.Is(model.Sha256), "model.sha256", model.Sha256, Sha256Text.Form),
        .. Unless(model.File is null || IsFileName(model.File), "model.file", model.File, "the name of a file without its folder"),
    ];

    private static IEnumerable<string> Data(DataSettings data) =>
    [
        .. Unless(DatasetCatalog.Find(data.Name) is not null, "data.name", data.Name, string.Join(", ", DatasetCatalog.All.Select(d => d.Name))),
        .. Unless(data.ContentHash.Length <= 64 && data.ContentHash.All(char.IsAsciiLetterOrDigit), "data.contentHash", data.ContentHash, Sha256Text.Form),
        .. Unless(data.TrainCount is null or > 0, "data.trainCount", data.TrainCount, "a number above 0"),
        .. Unless(data.ValidationCount > 0, "data.validationCount", data.ValidationCount, "a number above 0"),
    ];

    private static IEnumerable<string> Pipeline(IReadOnlyList<StageKind> pipeline) => Unless(
        pipeline.Distinct().Count() == pipeline.Count && pipeline.All(PipelineSection.Stages.Values.Contains),
        "pipeline", string.Join(", ", pipeline.Take(10)), $"each of {string.Join(", ", PipelineSection.Stages.Keys)} at most once");

    private static IEnumerable<string> Settings(string place, StageSettings settings, Func<string, ValueRule?> ruleOf) =>
        settings.SelectMany(s => Unless(IsValue(ruleOf(s.Key), s.Value), $"{place}.{s.Key}", s.Value, ruleOf(s.Key)?.Accepted ?? "a parameter of Grid"));

    private static IEnumerable<string> Space(IReadOnlyList<ParameterDomain> space) =>
        space.Any(d => d is null) ? ["space has an empty entry."]
        : [
            .. Unless(space.DistinctBy(d => d.Key).Count() == space.Count, "space", "a parameter that is there twice", "each once"),
            .. space.SelectMany(d => Unless(IsDomain(d), $"space.{d.Key}", "other values", ParameterRule(d.Key)?.Accepted ?? "a parameter of Grid")),
        ];

    private static IEnumerable<string> Goals(Sweep sweep) => sweep.Objectives.Any(o => o is null) || sweep.Constraints.Any(c => c is null)
        ? ["objectives or constraints have an empty entry."]
        : [
            .. sweep.Objectives.SelectMany(o =>
                Unless(ObjectivesSection.Names.Contains(o.Metric) && Enum.IsDefined(o.Direction), "objectives", o, string.Join(", ", ObjectivesSection.Names))),
            .. sweep.Constraints.SelectMany(c =>
                Unless(ConstraintsSection.Names.Contains(c.Quantity) && double.IsFinite(c.Limit), "constraints", c, string.Join(", ", ConstraintsSection.Names))),
        ];

    private static IEnumerable<string> Strategy(StrategySettings strategy) =>
    [
        .. Unless(SweepStrategies.Names.Contains(strategy.Name), "strategy.name", strategy.Name, string.Join(", ", SweepStrategies.Names)),
        .. Unless(strategy.Budget is null or (> 0 and <= SearchSpace.MostCombinations), "strategy.budget", strategy.Budget, $"1 to {SearchSpace.MostCombinations}"),
    ];

    private static IEnumerable<string> Seeds(IReadOnlyList<long> seeds) => Unless(
        seeds.Count is > 0 and <= SeedsSection.Most && seeds.Distinct().Count() == seeds.Count, "seeds", $"{seeds.Count} of them", $"1 to {SeedsSection.Most}, each once");

    private static IEnumerable<string> Machines(RunOn runOn)
    {
        // A text that lacks the member leaves it null.
        var devices = runOn.Measure ?? [];
        return
        [
            .. Unless(IsValue(FileSettings.Accelerator.Rule, runOn.Train), "runOn.train", runOn.Train, FileSettings.Accelerator.Rule.Accepted),
            .. Unless(
                devices.Count is > 0 and <= RunOnSection.MostDevices && devices.Distinct().Count() == devices.Count,
                "runOn.measure", $"{devices.Count} of them", $"1 to {RunOnSection.MostDevices}, each once"),
            .. devices.SelectMany(device => Unless(
                device is not null && FileSettings.Device.Rule.Spell(device, quoted: true) is not null, "runOn.measure", device, FileSettings.Device.Rule.Accepted)),
        ];
    }

    private static IEnumerable<string> Budget(Sweep sweep) => sweep.Budget is not { } budget ? [] :
    [
        .. Unless(budget != new SweepBudget(), "budget", budget, "at least one limit"),
        .. Unless(budget.Energy is null or (> 0 and <= BudgetSection.MostEnergy), "budget.energy", budget.Energy, "joules above 0"),
        .. Unless(budget.Time is null || (budget.Time > TimeSpan.Zero && budget.Time <= BudgetSection.Longest), "budget.time", budget.Time, "above 0, up to a year"),
        .. Unless(
            budget.Trials is null || (budget.Trials >= sweep.Seeds.Count && budget.Trials <= SearchSpace.MostCombinations),
            "budget.trials", budget.Trials, $"{sweep.Seeds.Count} to {SearchSpace.MostCombinations}"),
    ];

    private static bool IsDomain(ParameterDomain domain) => ParameterRule(domain.Key) is { } rule && domain switch
    {
        { Values: { } values, Range: null } => values.Count is > 0 and <= MostValues && values.All(v => IsValue(rule, v)),
        { Values: null or { Count: > 0 and <= MostValues }, Range: { } range } =>
            rule is NumberRule numbers && double.IsFinite(range.From) && range.From <= range.To && numbers.Allows(range.From) && numbers.Allows(range.To)
            && !(range.Logarithmic && range.From <= 0) && (domain.Values ?? []).All(v => IsValue(rule, v)),
        _ => false,
    };

    private static bool IsValue(ValueRule? rule, string? value) => rule is not null && value is not null && rule.Spell(value, quoted: false) == value;

    private static ValueRule? ParameterRule(string key) => ParameterCatalog.Find(key)?.Rule;

    private static ValueRule? MeasureRule(string key) => FileSettings.Measure.FirstOrDefault(s => s.Name == key)?.Rule;

    private static bool IsFileName(string name) =>
        name.Length is > 0 and <= LongestFileName && name is not ("." or "..") && !name.Any(c => c is '/' or '\\' || char.IsControl(c));

    private static IEnumerable<string> Unless(bool right, string place, object? found, string accepted)
    {
        if (!right)
            yield return $"{place} is {Shown(found)}; accepted: {accepted}.";
    }

    /// <summary>Short, and nothing in it moves a terminal.</summary>
    private static string Shown(object? found)
    {
        var text = string.Concat((found?.ToString() ?? "missing").Select(c => TerminalCharacters.Obeys(c) ? '?' : c));
        return text.Length > 100 ? $"'{text[..100]}...'" : $"'{text}'";
    }
}
