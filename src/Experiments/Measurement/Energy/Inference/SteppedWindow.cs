using Grid.Experiments.Measurement.Energy.Meters;

namespace Grid.Experiments.Measurement.Energy.Inference;

/// <summary>
/// A window from one step of a meter to another, so that what stands between two steps is neither counted nor missed: with steps a tenth of a second
/// apart, a window of a second would else be off by a fifth. It lasts until both a time and a number of steps are reached.
/// </summary>
internal sealed class SteppedWindow(IEnergyMeter meter, ProcessorTime time, TimeProvider clock)
{
    /// <summary>Steps of the meter in a window: whatever is left of a step at either end is less than a twenty-fifth of it all.</summary>
    public const int LeastSteps = 50;

    /// <summary>A meter that has not stepped so often by then, or whose next step takes as long, is of no use.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(60);

    /// <param name="seconds">Shortest time.</param>
    /// <param name="work">Done again and again; answers how much of it there was.</param>
    /// <exception cref="MeterException">The meter cannot tell, or moves too seldom.</exception>
    public SteppedUse Measure(double seconds, Func<long> work, CancellationToken cancellation)
    {
        var begun = clock.GetTimestamp();
        _ = NextStep(meter.Read(), work, begun, cancellation);
        var window = new EnergyWindow(meter, time);
        var (start, reading) = (clock.GetTimestamp(), meter.Read());
        long done = 0;
        for (var steps = 0; ;)
        {
            (reading, var worked) = NextStep(reading, work, steps < LeastSteps ? begun : clock.GetTimestamp(), cancellation);
            done += worked;
            if (++steps >= LeastSteps && clock.GetElapsedTime(start).TotalSeconds >= seconds)
                return new SteppedUse(window.Use(), clock.GetElapsedTime(start).TotalSeconds, done);
        }
    }

    private (double Reading, long Worked) NextStep(double from, Func<long> work, long begun, CancellationToken cancellation)
    {
        for (long worked = 0; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            worked += work();
            if (meter.Read() is var reading && reading > from)
                return (reading, worked);
            if (clock.GetElapsedTime(begun) > longest)
                throw new MeterException($"{meter.Name} stepped fewer than {LeastSteps} times in {longest.TotalSeconds:0} s");
        }
    }
}

/// <summary>What a window came to.</summary>
/// <param name="Done">How much work was done in it.</param>
internal readonly record struct SteppedUse(EnergyUse Energy, double Seconds, long Done)
{
    public double Watts => Energy.Counted / Seconds;
}
