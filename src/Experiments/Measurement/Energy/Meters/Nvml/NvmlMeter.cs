using Grid.Experiments.Metrics;

namespace Grid.Experiments.Measurement.Energy.Meters.Nvml;

/// <summary>
/// One accelerator of NVIDIA. Those since Volta count their energy; where one does not, its power is asked for ten times a second or oftener and summed
/// up by trapezoids, which misses what is shorter, as the device itself averages over up to a second.
/// </summary>
internal sealed class NvmlMeter : IEnergyMeter
{
    public const string MeterName = "nvml";

    private const double Milli = 1e-3;
    private static readonly TimeSpan sampling = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly NvmlLibrary library;
    private readonly nint device;
    private readonly TimeProvider clock;
    private readonly ITimer? sampler;
    private ulong counted;
    private uint drawn;
    private long sampledAt;
    private double joules;
    private MeterException? lost;
    private bool disposed;

    private NvmlMeter(NvmlLibrary library, nint device, TimeProvider clock)
    {
        (this.library, this.device, this.clock) = (library, device, clock);
        Domains = library.Name(device);
        if (library.Millijoules(device) is { } total)
            (counted, Provenance) = (total, Provenance.Measured);
        else
        {
            drawn = library.Milliwatts(device) ?? throw new MeterException($"{Domains} tells neither its energy nor its power");
            (sampledAt, Provenance) = (clock.GetTimestamp(), Provenance.Integrated);
            sampler = clock.CreateTimer(_ => Look(), null, sampling, sampling);
        }
    }

    public string Name => MeterName;

    public string Domains { get; }

    public Provenance Provenance { get; }

    public int? Sharers
    {
        get
        {
            lock (gate)
                return disposed ? 1 : Math.Max(1, library.Processes(device) ?? 1);
        }
    }

    /// <summary>Null, and why, when this machine has none.</summary>
    /// <param name="visible">The accelerators that CUDA may use, of which the first is computed on; null for all.</param>
    public static IEnergyMeter? Open(string file, string? visible, TimeProvider clock, out string? why)
    {
        NvmlLibrary? library = null;
        try
        {
            library = new NvmlLibrary(file);
            why = null;
            return new NvmlMeter(library, NvmlDevices.First(library, visible), clock);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or MeterException)
        {
            library?.Dispose();
            why = e is DllNotFoundException ? $"there is no {file}: no accelerator of NVIDIA, no driver, or a container that was not given it" : e.Message;
            return null;
        }
    }

    public double Read()
    {
        lock (gate)
        {
            Look();
            return lost is null ? joules : throw new MeterException(lost.Message, lost);
        }
    }

    public void Dispose()
    {
        sampler?.Dispose();
        lock (gate)
        {
            if (disposed)
                return;
            disposed = true;
            library.Dispose();
        }
    }

    private void Look()
    {
        lock (gate)
            try
            {
                if (disposed || lost is not null)
                    return;
                if (Provenance == Provenance.Measured)
                    Count();
                else
                    Sample();
            }
            catch (MeterException e)
            {
                lost = new MeterException($"{Domains} no longer tells: {e.Message}", e);
            }
    }

    private void Count()
    {
        var now = library.Millijoules(device) ?? throw new MeterException("its counter is gone");
        if (now < counted)
            throw new MeterException($"its counter went back from {counted} to {now} mJ: its driver was loaded anew");
        joules += (now - counted) * Milli;
        counted = now;
    }

    private void Sample()
    {
        var now = library.Milliwatts(device) ?? throw new MeterException("it stopped telling its power");
        var at = clock.GetTimestamp();
        joules += (drawn + now) / 2.0 * Milli * clock.GetElapsedTime(sampledAt, at).TotalSeconds;
        (drawn, sampledAt) = (now, at);
    }
}
