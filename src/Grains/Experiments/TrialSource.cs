using Grid.Experiments.Results;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Sweeps.Strategies;

namespace Grid.Grains.Experiments;

/// <summary>Where the trials of a run come from: the references first, then what the strategy asks for, at last those to be tested.</summary>
internal sealed class TrialSource(string experiment, Sweep sweep, ISweepStrategy strategy, IExperimentStore store)
{
    private readonly ChainBuilder chains = new(sweep);
    private Dictionary<string, int>? numbers;
    private bool begun;
    private int next;

    /// <summary>Null when the strategy cannot know.</summary>
    public long? Total => strategy.Total + sweep.Seeds.Count;

    public bool Finished => begun && strategy.Finished;

    /// <summary>Trials that were answered so far.</summary>
    public int Begun { get; private set; }

    /// <summary>
    /// Up to <paramref name="count"/> further trials, which then stand in the store, the references first, all at once; none while the strategy
    /// waits for results.
    /// </summary>
    public async Task<IReadOnlyList<TrialRun>> Next(int count)
    {
        if (!begun && ExperimentId.Of(sweep) != experiment)
            await KeepNumbers();
        var references = !begun ? sweep.Seeds.Select(seed => TrialChain.Reference(sweep, seed)).ToArray() : [];
        var configurations = references.Concat(strategy.Finished ? [] : strategy.Ask(Math.Max(0, count - references.Length))).ToArray();
        var trials = new List<TrialRun>(configurations.Length);
        var rows = new List<TrialRow>(configurations.Length);
        begun = true;
        var further = new List<MeasurementRow>();
        foreach (var configuration in configurations)
        {
            var chain = chains.Build(configuration);
            var number = numbers?.TryGetValue(configuration.Canonical, out var known) == true ? known : next++;
            rows.Add(new TrialRow(
                experiment, number, configuration.Canonical, trials.Count < references.Length, TrialStatus.Pending, chain.Leaves[0].Key, chain.Test.Key,
                null));
            further.AddRange(sweep.Devices.Zip(chain.Leaves).Skip(1).Select(pair => new MeasurementRow(experiment, number, pair.First, pair.Second.Key)));
            trials.Add(new TrialRun(number, configuration, chain.Stages));
        }
        Begun += trials.Count;
        if (rows.Count > 0)
            await store.AddTrials(rows, further);
        return trials;
    }

    /// <summary>In an experiment that was extended, trials come in another order than when they got their numbers.</summary>
    private async Task KeepNumbers()
    {
        var trials = await store.ListTrials(experiment);
        numbers = trials.ToDictionary(t => t.Config, t => t.Number);
        next = trials.Count == 0 ? 0 : trials.Max(t => t.Number) + 1;
    }

    /// <summary>The trials that are to be looked at on the test split, by what they are on any device class.</summary>
    public async Task<IReadOnlyList<TrialRun>> ToTest()
    {
        var tested = new SortedDictionary<int, TrialRun>();
        foreach (var device in sweep.Devices)
        {
            foreach (var point in await FrontierScan.ToTest(store, experiment, sweep, device))
            {
                var configuration = new TrialConfiguration(point.Config, point.Seed);
                var chain = chains.Build(configuration);
                tested.TryAdd(point.Trial, new TrialRun(point.Trial, configuration, [.. chain.Stages, chain.Test], tests: true));
            }
        }
        return [.. tested.Values];
    }
}
