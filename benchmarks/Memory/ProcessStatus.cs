using System.Globalization;

namespace Grid.Benchmarks.Memory;

/// <summary>A process of Linux as /proc shows it.</summary>
/// <param name="Name">At most 15 characters of its executable's.</param>
/// <param name="PeakMegabytes">Most memory that was resident at any time since it started (VmHWM), in 10^6 bytes.</param>
internal sealed record ProcessStatus(int Id, int Parent, string Name, double PeakMegabytes)
{
    /// <summary>Null when there is no such process, or none that still has memory.</summary>
    public static ProcessStatus? Of(int id)
    {
        try
        {
            var lines = File.ReadLines($"/proc/{id}/status").Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).ToDictionary(p => p[0], p => p[1]);
            return lines.TryGetValue("VmHWM", out var peak)
                ? new(id, int.Parse(lines["PPid"], CultureInfo.InvariantCulture), lines["Name"], KibibytesIn(peak) * 1.024e-3)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The processes that one has started and that still run.</summary>
    public static IEnumerable<ProcessStatus> ChildrenOf(int parent) => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? Of(id) : null)
        .OfType<ProcessStatus>()
        .Where(process => process.Parent == parent);

    /// <summary>Whether a library whose file name begins so is mapped into the process; false when there is no such process.</summary>
    public static bool HasLoaded(int id, string library)
    {
        try
        {
            return File.ReadLines($"/proc/{id}/maps").Any(line => line.Contains($"/{library}", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static long KibibytesIn(string text) => long.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);
}
