using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Sweeps.Space;
using Grid.Experiments.Sweeps.Strategies;

namespace Grid.Benchmarks.Reuse;

/// <summary>
/// The trials of a sweep with nothing shared. Each becomes a sweep of its own with a seed of its own, which enters the key of every stage
/// and changes the work of none. The uncompressed reference that every sweep measures comes on top.
/// </summary>
internal static class SeparateTrials
{
    private const long FirstSeed = 1_000;

    public static IReadOnlyList<Sweep> Of(Sweep sweep)
    {
        var trials = sweep.Seeds.Select(seed => TrialChain.Reference(sweep, seed)).ToList();
        for (var strategy = SweepStrategies.Create(sweep); !strategy.Finished;)
            trials.AddRange(strategy.Ask(1_000));
        return [.. trials.Select((trial, number) => Alone(sweep, trial, FirstSeed + number))];
    }

    private static Sweep Alone(Sweep sweep, TrialConfiguration trial, long seed) => sweep with
    {
        Name = $"{sweep.Name}-{seed}",
        Space = [.. sweep.Space.Select(domain => new ParameterDomain(domain.Key, [trial.Values.GetValueOrDefault(domain.Key) ?? Absent(domain)]))],
        Strategy = new StrategySettings(SweepStrategies.Grid, null, 1),
        Seeds = [seed],
    };

    /// <summary>The value that leaves out the stage a trial does not have; where a parameter merely has no meaning, any.</summary>
    private static string Absent(ParameterDomain domain) => ParameterCatalog.Find(domain.Key)!.Off ?? domain.First;
}
