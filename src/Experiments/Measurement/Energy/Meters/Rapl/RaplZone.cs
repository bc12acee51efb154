using System.Globalization;

namespace Grid.Experiments.Measurement.Energy.Meters.Rapl;

/// <summary>
/// The counter of one zone: microjoules that begin again at 0 after a range of mostly 65 or 262 kJ. Not thread-safe.
/// </summary>
/// <param name="range">Microjoules after which it begins again.</param>
internal sealed class RaplZone(string folder, string name, long range)
{
    /// <summary>More than any package takes: what would need more power than this is no wrap, but a counter that was set back.</summary>
    public const double MostWatts = 2000;

    private const double Micro = 1e-6;

    /// <summary>A counter that wrapped between two reads in close succession did not take a thousandth of its range in between.</summary>
    private const double Slack = 1e-3;

    private long last;
    private long lastAt;

    public string Name => name;

    /// <summary>The shortest time in which the counter can begin again.</summary>
    public TimeSpan ShortestWrap => TimeSpan.FromSeconds(range * Micro / MostWatts);

    /// <exception cref="IOException">The zone is gone or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="FormatException">A file holds no number.</exception>
    public static RaplZone Open(string folder, string name)
    {
        var zone = new RaplZone(folder, name, Number(folder, "max_energy_range_uj"));
        _ = zone.Microjoules();
        return zone;
    }

    /// <summary>Begins to count.</summary>
    public void Start(TimeProvider clock) => (last, lastAt) = (Microjoules(), clock.GetTimestamp());

    /// <summary>Joules since the last call.</summary>
    /// <exception cref="MeterException">The counter was set back: nobody knows what it missed.</exception>
    public double Advance(TimeProvider clock)
    {
        var (now, at) = (Microjoules(), clock.GetTimestamp());
        var counted = now - last;
        var most = (MostWatts * clock.GetElapsedTime(lastAt, at).TotalSeconds / Micro) + (Slack * range);
        if (counted < 0)
            counted += range;
        if (counted < 0 || (now < last && counted > most))
            throw new MeterException(
                $"the counter of {name} went back from {last} to {now} µJ without having reached its end at {range} µJ: the machine slept, or its driver was loaded anew");
        (last, lastAt) = (now, at);
        return counted * Micro;
    }

    private long Microjoules() => Number(folder, "energy_uj");

    private static long Number(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        return long.TryParse(text, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : throw new FormatException($"{path} holds '{text.Trim()}' and no number");
    }
}
