using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Metrics;

namespace Grid.Experiments.Measurement.Energy.Inference;

/// <summary>One repetition: the idle machine first, then inference after inference right behind it, so that both are equally warm.</summary>
/// <param name="rest">Does nothing for about that long.</param>
internal sealed class EnergySession(SteppedWindow window, TimeProvider clock, Action<TimeSpan> rest)
{
    /// <summary>The meter is read this often: reading costs energy too.</summary>
    private static readonly TimeSpan between = TimeSpan.FromMilliseconds(10);

    /// <summary>A window in which others worked is tried anew, in the hope that they are done.</summary>
    private const int MostTries = 3;

    /// <exception cref="MeterException">The meter cannot tell.</exception>
    public SessionEnergy Measure(double seconds, Action infer, CancellationToken cancellation)
    {
        var batch = Batch(infer, cancellation);
        for (var tries = 1; ; tries++)
        {
            var idle = window.Measure(seconds, Rest, cancellation);
            var busy = window.Measure(seconds, () => Run(infer, batch), cancellation);
            if (busy.Energy.IsShared && tries < MostTries)
                continue;
            var share = busy.Energy.Share / busy.Done;
            return new SessionEnergy(
                busy.Energy.Counted * share, (busy.Energy.Counted - (idle.Watts * busy.Seconds)) * share, idle.Watts, busy.Energy.Provenance);
        }
    }

    private long Rest()
    {
        rest(between);
        return 0;
    }

    private static long Run(Action infer, long count)
    {
        for (var i = 0L; i < count; i++)
            infer();
        return count;
    }

    /// <summary>As many inferences as take about the time between two looks at the meter; they warm the model up, too.</summary>
    private long Batch(Action infer, CancellationToken cancellation)
    {
        for (var count = 1L; ; count *= 2)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = clock.GetTimestamp();
            Run(infer, count);
            if (clock.GetElapsedTime(start) >= between)
                return count;
        }
    }
}

/// <param name="Gross">Joules of one inference.</param>
/// <param name="Net">The same less what the idle machine takes meanwhile; may be below 0 where that is nearly all.</param>
/// <param name="IdleWatts">Of the machine.</param>
internal sealed record SessionEnergy(double Gross, double Net, double IdleWatts, Provenance Provenance);
