using Grid.Experiments.Metrics;

namespace Grid.Experiments.Sweeps.Strategies;

/// <summary>
/// Chooses configurations (ask) and learns from results (tell). Deterministic: the same calls give the same answers, so that a
/// strategy is rebuilt after a crash by replaying the trials of the store in order. Not thread-safe: one grain owns it.
/// </summary>
public interface ISweepStrategy
{
    /// <summary>Distinct trials it will ask for in all; null when that depends on results.</summary>
    long? Total { get; }

    /// <summary>
    /// Up to <paramref name="count"/> further distinct configurations. Empty with <see cref="Finished"/> false means: wait for results.
    /// </summary>
    IReadOnlyList<TrialConfiguration> Ask(int count);

    /// <summary>The end of an asked trial. <paramref name="metrics"/> is null when it failed.</summary>
    void Tell(TrialConfiguration trial, IReadOnlyDictionary<string, Metric>? metrics);

    /// <summary>
    /// An intermediate result of a running trial, such as accuracy after an epoch (<paramref name="resource"/> counts them from 1).
    /// Answers whether the trial should go on.
    /// </summary>
    bool Continue(TrialConfiguration trial, int resource, IReadOnlyDictionary<string, Metric> metrics) => true;

    /// <summary>True when nothing more will be asked.</summary>
    bool Finished { get; }
}
