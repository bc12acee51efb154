using System.Globalization;
using Grid.Client.Drawing;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Space;
using Grid.Experiments.Telemetry;

namespace Grid.Client.Comparing;

/// <summary>What is not the same in two sweep files, in the words of these files.</summary>
internal static class SweepDifferences
{
    public static IReadOnlyList<Differing> Of(Sweep a, Sweep b) => Differing.Of(Settings(a), Settings(b));

    private static List<KeyValuePair<string, string>> Settings(Sweep sweep)
    {
        var settings = new List<KeyValuePair<string, string>>
        {
            new("model", sweep.Model.Zoo ?? $"{sweep.Model.File} ({sweep.Model.Sha256?[..8]})"),
            new("data", DataOf(sweep)),
            new("pipeline", string.Join(", ", sweep.Pipeline.Select(Words.Of))),
        };
        settings.AddRange(sweep.Space.Select(domain => KeyValuePair.Create(domain.Key, ValuesOf(domain))));
        settings.AddRange(sweep.Fixed);
        settings.AddRange(sweep.Measure.Select(s => KeyValuePair.Create($"measure.{s.Key}", s.Value)));
        settings.AddRange(
        [
            new("objectives", string.Join(", ", sweep.Objectives.Select(ObjectiveText.Of))),
            new("constraints", string.Join(", ", sweep.Constraints.Select(ObjectiveText.Of))),
            new("strategy", StrategyOf(sweep.Strategy)),
            new("seeds", string.Join(", ", sweep.Seeds)),
            new("limits.stage-time", Units.Duration(sweep.StageTimeLimit)),
            new("run-on", $"train {sweep.Accelerator}, measure {string.Join(", ", sweep.Devices)}"),
            new("budget", sweep.Budget is { } budget ? string.Join(", ", BudgetText.Limits(budget)) : ""),
        ]);
        // A file that leaves something out does not have it.
        return [.. settings.Where(s => s.Value.Length > 0)];
    }

    private static string DataOf(Sweep sweep)
    {
        var data = sweep.Data;
        var training = data.TrainCount is { } count ? $"{count} to train with" : "all others to train with";
        return $"{data.Name} ({data.ContentHash[..Math.Min(8, data.ContentHash.Length)]}), {data.ValidationCount} to choose by, {training}, split by seed {data.SplitSeed}";
    }

    private static string StrategyOf(StrategySettings strategy) =>
        strategy.Name + (strategy.Budget is { } trials ? $", {Counted.Of(trials, "trial")}, seed {strategy.Seed}" : "");

    private static string ValuesOf(ParameterDomain domain) => domain switch
    {
        { Values: { } values } => string.Join(", ", values),
        { Range: { } range } => string.Create(CultureInfo.InvariantCulture, $"{range.From} to {range.To}{(range.Logarithmic ? ", logarithmic" : "")}"),
        _ => "",
    };
}
