using Grid.Experiments.Metrics;

namespace Grid.Experiments.Measurement.Energy.Meters.Rapl;

/// <summary>
/// The processors' own counters, of packages and memory together. A reader in the background looks at them often enough that none
/// comes round unseen however long nobody asks.
/// </summary>
internal sealed class RaplMeter : IEnergyMeter
{
    public const string MeterName = "rapl";

    /// <summary>A wrap is seen several times over; and no oftener than this, for something may be measured meanwhile.</summary>
    private static readonly TimeSpan longestInterval = TimeSpan.FromSeconds(10);
    private const int LooksPerWrap = 4;

    private readonly Lock gate = new();
    private readonly IReadOnlyList<RaplZone> zones;
    private readonly TimeProvider clock;
    private readonly ITimer reader;
    private double joules;
    private MeterException? lost;

    private RaplMeter(IReadOnlyList<RaplZone> zones, TimeProvider clock)
    {
        (this.zones, this.clock) = (zones, clock);
        foreach (var zone in zones)
            zone.Start(clock);
        var interval = zones.Select(z => z.ShortestWrap / LooksPerWrap).Append(longestInterval).Min();
        reader = clock.CreateTimer(_ => Look(), null, interval, interval);
    }

    public string Name => MeterName;

    public string Domains => string.Join(", ", zones.Select(z => z.Name));

    public Provenance Provenance => Provenance.Measured;

    public int? Sharers => null;

    /// <summary>Null, and why, when this machine has none that may be read.</summary>
    public static IEnergyMeter? Open(string powercap, TimeProvider clock, out string? why)
    {
        (var zones, why) = RaplZones.Find(powercap);
        if (why is not null)
            return null;
        try
        {
            return new RaplMeter(zones, clock);
        }
        catch (Exception e) when (IsLoss(e))
        {
            why = e.Message;
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

    public void Dispose() => reader.Dispose();

    private void Look()
    {
        lock (gate)
            try
            {
                if (lost is null)
                    joules += zones.Sum(zone => zone.Advance(clock));
            }
            catch (Exception e) when (IsLoss(e))
            {
                // For good: what was not seen is missing in every number from here on.
                lost = e as MeterException ?? new MeterException($"the counters of {MeterName} are gone: {e.Message}", e);
            }
    }

    private static bool IsLoss(Exception e) => e is IOException or UnauthorizedAccessException or FormatException or MeterException;
}
