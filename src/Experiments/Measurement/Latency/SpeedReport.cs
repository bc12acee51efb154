using Grid.Experiments.Metrics;

namespace Grid.Experiments.Measurement.Latency;

/// <summary>What sessions of timing say about a model.</summary>
/// <param name="Pairs">The single runs of each session, beside those of the reference.</param>
/// <param name="Throughputs">Images per second of each session.</param>
/// <param name="Running">Processor time over wall time while single runs were timed: about 1 or more unless others got in the way.</param>
internal sealed record SpeedReport(IReadOnlyList<PairedTimes> Pairs, IReadOnlyList<double> Throughputs, double Running)
{
    private const double Undisturbed = 0.95;

    /// <summary>Percentiles of all runs at batch 1, in seconds; how much faster than the reference; images per second at the larger batch.</summary>
    public IEnumerable<KeyValuePair<string, Metric>> Metrics =>
    [
        new(MetricCatalog.LatencyP50, Percentile(0.5)),
        new(MetricCatalog.LatencyP90, Percentile(0.9)),
        new(MetricCatalog.LatencyP99, Percentile(0.99)),
        new(MetricCatalog.Speedup, Speedup),
        new(MetricCatalog.Throughput, SessionSpread.Around(SessionSpread.GeometricMean(Throughputs), "1/s", Throughputs)),
    ];

    /// <summary>What a user should know besides the numbers.</summary>
    public IEnumerable<string> Notes => Running >= Undisturbed
        ? []
        : [$"other work on the machine had the processor for {1 - Running:P0} of the time in which latency was measured: measure again when it is quiet"];

    /// <summary>
    /// The reference's median over the candidate's, paired within each session: what differs between sessions cancels. Over sessions,
    /// the geometric mean, under which twice as fast and half as fast are even.
    /// </summary>
    private Metric Speedup
    {
        get
        {
            var ratios = Pairs.Select(p => Quantile.Of(p.Reference, 0.5) / Quantile.Of(p.Candidate, 0.5)).ToList();
            return SessionSpread.Around(SessionSpread.GeometricMean(ratios), "1", ratios);
        }
    }

    private Metric Percentile(double share) => SessionSpread.Around(
        Quantile.Of(Pairs.SelectMany(p => p.Candidate), share), "s", [.. Pairs.Select(p => Quantile.Of(p.Candidate, share))]);
}
