using System.Runtime.InteropServices;
using Grid.Client.Drawing;

namespace Grid.Client.Doctor;

/// <summary>Processors, memory and disk.</summary>
internal static class MachineChecks
{
    /// <summary>A runner stays below this on MNIST, in bytes.</summary>
    private const long RunnerMemory = 700_000_000;

    /// <summary>The silo and the console in one process.</summary>
    private const long SiloMemory = 300_000_000;

    private const long LittleDisk = 1_000_000_000;
    private const long NoDisk = 50_000_000;

    public static Check Processors() => Check.Ok(
        "processors", $"{Environment.ProcessorCount}, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.OSDescription}");

    /// <param name="available">Bytes that programs may still take; null when the system does not tell.</param>
    public static Check Memory(long? available, int slots)
    {
        const string name = "memory";
        if (available is not { } bytes)
            return Check.Ok(name, "this system does not tell how much is free");
        var found = $"{Units.Text(bytes, "By")} free";
        var needed = SiloMemory + slots * RunnerMemory;
        if (bytes >= needed)
            return Check.Ok(name, found);
        var fitting = (bytes - SiloMemory) / RunnerMemory;
        return fitting >= 1
            ? Check.Warning(name, found, $"{Counted.Of(slots, "slot")} may take {Units.Text(needed, "By")}. Run with --slots {fitting}, or end other programs.")
            : Check.Warning(name, found, $"One slot may take {Units.Text(SiloMemory + RunnerMemory, "By")}. End other programs.");
    }

    /// <param name="free">Bytes on the volume of the home folder.</param>
    public static Check Disk(long free, string home) => free switch
    {
        < NoDisk => Check.Problem("disk", $"{Units.Text(free, "By")} free at {home}", "Make room, or name a folder on another volume with --home."),
        < LittleDisk => Check.Warning("disk", $"{Units.Text(free, "By")} free at {home}", "A large sweep may fill it. Make room, or name a folder on another volume with --home."),
        _ => Check.Ok("disk", $"{Units.Text(free, "By")} free at {home}"),
    };

    /// <summary>The least of what the system says is available and what this process is allowed.</summary>
    public static long? AvailableMemory()
    {
        const string source = "/proc/meminfo";
        var allowed = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (!File.Exists(source))
            return allowed > 0 ? allowed : null;
        var line = File.ReadLines(source).FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal));
        return long.TryParse(line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1), out var kilobytes)
            ? Math.Min(kilobytes * 1024, allowed)
            : allowed;
    }

    /// <summary>Bytes that are free where the folder is or would be made.</summary>
    public static long FreeDisk(string folder)
    {
        var there = new DirectoryInfo(folder);
        while (!there.Exists && there.Parent is { } parent)
            there = parent;
        return new DriveInfo(there.FullName).AvailableFreeSpace;
    }
}
