using Grid.Experiments.Measurement.Energy.Meters.Nvml;
using Grid.Experiments.Measurement.Energy.Meters.Rapl;

namespace Grid.Experiments.Measurement.Energy.Meters;

/// <summary>The energy meters that this machine has.</summary>
public sealed class MachineMeters(MeterSettings settings, TimeProvider clock)
{
    /// <summary>The meter that is none: watts that somebody gave for a busy core.</summary>
    public const string CoreWattsName = "core-watts";

    /// <summary>Watts of one busy core as this machine was told; null when it was not.</summary>
    public double? CoreWatts => settings.CoreWatts;

    /// <summary>Every meter that Grid knows, and whether it is here; the reason where it is not.</summary>
    public IReadOnlyList<MeterState> Look()
    {
        using var processors = OpenProcessors(out var noRapl);
        using var accelerator = OpenAccelerator(out var noNvml);
        return
        [
            new(RaplMeter.MeterName, processors?.Domains, noRapl),
            new(NvmlMeter.MeterName, accelerator?.Domains, noNvml),
            new(CoreWattsName, CoreWatts is { } watts ? $"{watts} W for each busy core, an estimate" : null,
                CoreWatts is null ? $"{MeterSettings.CoreWattsVariable} is not set: watts of one busy core, by which to estimate what stages take" : null),
        ];
    }

    /// <summary>Why the energy of stages cannot be told on this machine, and what would change that; null when it can.</summary>
    public string? WhyUncounted
    {
        get
        {
            using var meter = OpenProcessors(out var why);
            return CoreWatts is null ? why : null;
        }
    }

    /// <summary>What counts the processors and their memory; null, and why, when nothing does.</summary>
    public IEnergyMeter? OpenProcessors(out string? why) => RaplMeter.Open(settings.Powercap, clock, out why);

    /// <summary>What counts the accelerator that this process computes on; null, and why, when nothing does.</summary>
    public IEnergyMeter? OpenAccelerator(out string? why) => NvmlMeter.Open(settings.Nvml, settings.VisibleDevices, clock, out why);
}
