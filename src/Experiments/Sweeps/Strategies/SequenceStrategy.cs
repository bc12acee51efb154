using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Sweeps.Strategies;

/// <summary>Asks for a sequence of distinct configurations that does not depend on results, each with every seed.</summary>
/// <param name="configurations">Drawn one by one, as they are asked for.</param>
/// <param name="total">How many it holds.</param>
internal sealed class SequenceStrategy(IEnumerable<StageSettings> configurations, long total, IReadOnlyList<long> seeds) : ISweepStrategy
{
    private readonly IEnumerator<StageSettings> sequence = configurations.GetEnumerator();
    private int nextSeed = seeds.Count;

    public long? Total => total * seeds.Count;

    public bool Finished { get; private set; }

    public IReadOnlyList<TrialConfiguration> Ask(int count)
    {
        var asked = new List<TrialConfiguration>();
        while (asked.Count < count && Advance())
            asked.Add(new TrialConfiguration(sequence.Current, seeds[nextSeed++]));
        // Known at once, so that nobody waits for an end that has come.
        Finished = !Advance();
        return asked;
    }

    public void Tell(TrialConfiguration trial, IReadOnlyDictionary<string, Metric>? metrics)
    {
        // Nothing to learn.
    }

    /// <summary>Moves to the next configuration when the current one has been asked with every seed; false when there is none.</summary>
    private bool Advance()
    {
        if (Finished)
            return false;
        if (nextSeed < seeds.Count)
            return true;
        if (!sequence.MoveNext())
            return false;
        nextSeed = 0;
        return true;
    }
}
