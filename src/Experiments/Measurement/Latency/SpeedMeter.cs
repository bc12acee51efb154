using Grid.Experiments.Datasets;
using Grid.Experiments.Measurement.Runtime;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement.Latency;

/// <summary>Times a model in sessions of their own: latency at batch 1 interleaved with the reference, then throughput in batches.</summary>
/// <param name="processorTime">What this process has used of the processors so far.</param>
internal sealed class SpeedMeter(MeasureSettings settings, TimeProvider clock, Func<TimeSpan> processorTime)
{
    /// <param name="candidate">File of the model to measure.</param>
    /// <param name="reference">File of the uncompressed one; may be the same.</param>
    /// <param name="images">What to feed: the first ones.</param>
    /// <param name="progress">Told the share done, 0 to 1, between sessions.</param>
    /// <exception cref="StageException">The runtime does not take a file, or a file fixes a batch other than 1.</exception>
    public SpeedReport Measure(string candidate, string reference, ImageSet images, Action<double> progress, CancellationToken cancellation)
    {
        var pairs = new List<PairedTimes>();
        var throughputs = new List<double>();
        var (timed, used) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < settings.Sessions; i++)
        {
            progress((double)i / settings.Sessions);
            // Loaded anew: where a model comes to lie in memory is part of what differs from run to run.
            using var session = RuntimeSession.Open(candidate, settings.Threads);
            using (var other = RuntimeSession.Open(reference, settings.Threads))
            using (var single = Filled(session, 1, images))
            using (var otherSingle = Filled(other, 1, images))
            {
                var (before, start) = (processorTime(), clock.GetTimestamp());
                pairs.Add(new PairedTimer(settings, clock).Measure(single.Run, otherSingle.Run, candidateFirst: i % 2 == 0, cancellation));
                timed += clock.GetElapsedTime(start);
                used += processorTime() - before;
            }
            using var batch = Filled(session, BatchOf(session), images);
            throughputs.Add(Throughput(batch, cancellation));
        }
        return new SpeedReport(pairs, throughputs, used / timed);
    }

    /// <summary>The batch in which throughput is measured.</summary>
    public int BatchOf(RuntimeSession session) => session.FixedBatch ?? settings.Batch;

    private double Throughput(BoundBatch batch, CancellationToken cancellation)
    {
        for (var images = 0; images < settings.Warmup; images += batch.Images)
            batch.Run();
        long done = 0;
        var start = clock.GetTimestamp();
        do
        {
            cancellation.ThrowIfCancellationRequested();
            batch.Run();
            done += batch.Images;
        }
        while (done < settings.MinRuns || clock.GetElapsedTime(start).TotalSeconds < settings.MinTime);
        return done / clock.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Memory for that many images, with the first ones in it.</summary>
    public static BoundBatch Filled(RuntimeSession session, int count, ImageSet images)
    {
        var batch = session.Bind(count);
        for (var i = 0; i < count; i++)
            images.CopyTo(i % images.Count, 1, batch.Input.AsSpan(i * images.PixelsPerImage));
        return batch;
    }
}
