using Grid.Experiments.Metrics;

namespace Grid.Experiments.Measurement.Energy.Meters;

/// <summary>
/// A stretch of time in which this process is charged with what a meter counts: with all of it as long as it does nearly all of the work on the
/// machine, else with the share that it has in the time for which processors were busy. What idle processors take is shared likewise. An
/// accelerator is shared evenly by the processes on it.
/// </summary>
internal sealed class EnergyWindow
{
    /// <summary>Others that took less than a tenth of the busy time are passed over: the kernel's account is no finer in a second.</summary>
    private const double Undisturbed = 0.9;

    private readonly IEnergyMeter meter;
    private readonly ProcessorTime time;
    private readonly (TimeSpan Own, TimeSpan? Machine) used;
    private readonly double joules;

    /// <exception cref="MeterException">The meter cannot tell.</exception>
    public EnergyWindow(IEnergyMeter meter, ProcessorTime time)
    {
        (this.meter, this.time) = (meter, time);
        used = time.Read();
        joules = meter.Read();
    }

    /// <summary>What was counted until now, and the share of it that is this process' own.</summary>
    /// <exception cref="MeterException">The meter cannot tell.</exception>
    public EnergyUse Use()
    {
        var counted = meter.Read() - joules;
        var now = time.Read();
        var share = meter.Sharers is { } sharers ? 1.0 / sharers : Share(now.Own - used.Own, now.Machine - used.Machine);
        return new EnergyUse(counted, share >= Undisturbed ? 1 : share, meter.Provenance);
    }

    private static double Share(TimeSpan own, TimeSpan? machine) =>
        machine is { } busy && busy > own && busy > TimeSpan.Zero ? own / busy : 1;
}

/// <summary>What a meter counted in a window.</summary>
/// <param name="Counted">Joules of all that it counts.</param>
/// <param name="Share">Of this process in that, above 0 to 1.</param>
/// <param name="Meter">The meter's provenance.</param>
internal readonly record struct EnergyUse(double Counted, double Share, Provenance Meter)
{
    public double Joules => Counted * Share;

    public bool IsShared => Share < 1;

    public Provenance Provenance => IsShared ? Provenance.Attributed : Meter;
}
