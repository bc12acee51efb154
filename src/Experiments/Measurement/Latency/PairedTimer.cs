namespace Grid.Experiments.Measurement.Latency;

/// <summary>
/// Times single runs of two models side by side, so that whatever slows the machine meanwhile slows both. They take turns in blocks of
/// the order A B B A, which cancels a steady drift. A block's first run is not timed: the other model may have pushed this one's weights
/// out of the caches, and single-stream inference finds them there.
/// </summary>
internal sealed class PairedTimer(MeasureSettings settings, TimeProvider clock)
{
    /// <summary>Enough runs for every percentile Grid reports; a session stops there however long it was to last.</summary>
    public const int MostRuns = 5_000_000;

    private const int LongestBlock = 25;

    /// <param name="candidate">One inference of the model to measure.</param>
    /// <param name="reference">One inference of what it is compared with.</param>
    /// <param name="candidateFirst">Who is A: sessions take turns in that, too.</param>
    /// <returns>Seconds of each run, in order. Each model has <see cref="MeasureSettings.MinRuns"/> at least.</returns>
    public PairedTimes Measure(Action candidate, Action reference, bool candidateFirst, CancellationToken cancellation)
    {
        var (a, b) = candidateFirst ? (candidate, reference) : (reference, candidate);
        for (var i = 0; i < settings.Warmup; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            a();
            b();
        }

        var (timesA, timesB) = (new List<long>(), new List<long>());
        var block = Math.Min(LongestBlock, (settings.MinRuns + 1) / 2);
        var start = clock.GetTimestamp();
        do
        {
            TimeBlock(a, timesA, block, cancellation);
            TimeBlock(b, timesB, block, cancellation);
            TimeBlock(b, timesB, block, cancellation);
            TimeBlock(a, timesA, block, cancellation);
        }
        while (timesA.Count < MostRuns && (timesA.Count < settings.MinRuns || clock.GetElapsedTime(start).TotalSeconds < settings.MinTime));

        return candidateFirst ? new PairedTimes(Seconds(timesA), Seconds(timesB)) : new PairedTimes(Seconds(timesB), Seconds(timesA));
    }

    private void TimeBlock(Action run, List<long> times, int block, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // Not while the clock runs.
        times.EnsureCapacity(times.Count + block);
        run();
        for (var i = 0; i < block; i++)
        {
            var start = clock.GetTimestamp();
            run();
            times.Add(clock.GetTimestamp() - start);
        }
    }

    private double[] Seconds(List<long> times) => [.. times.Select(t => t / (double)clock.TimestampFrequency)];
}

/// <summary>Seconds of every run of one session.</summary>
internal sealed record PairedTimes(double[] Candidate, double[] Reference);
