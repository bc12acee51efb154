using System.Globalization;

namespace Grid.Experiments.Measurement.Energy.Meters;

/// <summary>Processor time of this process and of the machine, by which a share of the machine's energy is attributed.</summary>
/// <param name="own">What this process has used so far.</param>
/// <param name="statistics">The kernel's account of the machine.</param>
public sealed class ProcessorTime(Func<TimeSpan> own, string statistics = "/proc/stat")
{
    /// <summary>The kernel counts in hundredths of a second for programs, whatever it does inside.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Columns of busy time: user, nice, system, interrupts. Those between and behind are idle, waiting, or another machine's.</summary>
    private static readonly int[] busy = [1, 2, 3, 6, 7];

    /// <summary>Both as they stand; the machine's is null where the system does not tell.</summary>
    public (TimeSpan Own, TimeSpan? Machine) Read() => (own(), Machine());

    private TimeSpan? Machine()
    {
        try
        {
            var line = File.ReadLines(statistics).First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return TimeSpan.FromSeconds(busy.Sum(column => long.Parse(line[column], CultureInfo.InvariantCulture)) / TicksPerSecond);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
