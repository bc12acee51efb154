using Grid.Tests;

namespace Grid.Experiments.Tests.Measurement.Energy.Meters;

/// <summary>A folder that looks like /sys/class/powercap: zones with their sub-zones beside them, as links into a tree of devices.</summary>
internal sealed class PowercapTree : IDisposable
{
    public const long Range = 262_143_328_850;

    private readonly TemporaryFolder folder = new();

    public string Path => folder.Path;

    /// <summary>As on a machine with two packages, each with cores and memory, and all else that must not be counted beside them.</summary>
    public static PowercapTree TwoPackages()
    {
        var tree = new PowercapTree();
        tree.Zone("intel-rapl", "intel-rapl");
        foreach (var package in new[] { 0, 1 })
        {
            tree.Zone($"intel-rapl:{package}", $"package-{package}");
            tree.Zone($"intel-rapl:{package}:0", "core");
            tree.Zone($"intel-rapl:{package}:1", "dram");
        }
        tree.Zone("intel-rapl:2", "psys");
        tree.Zone("intel-rapl-mmio:0", "package-0");
        return tree;
    }

    public void Zone(string zone, string name, long microjoules = 0, long range = Range)
    {
        var device = Directory.CreateDirectory(folder.File(".devices", zone)).FullName;
        Directory.CreateSymbolicLink(folder.File(zone), device);
        File.WriteAllText(folder.File(zone, "name"), $"{name}\n");
        File.WriteAllText(folder.File(zone, "max_energy_range_uj"), $"{range}\n");
        Set(zone, microjoules);
    }

    public void Set(string zone, long microjoules) => File.WriteAllText(Counter(zone), $"{microjoules}\n");

    public string Counter(string zone) => folder.File(zone, "energy_uj");

    /// <summary>Its driver is gone, and with it the zone.</summary>
    public void Vanish(string zone)
    {
        if (Directory.Exists(folder.File(".devices", zone)))
            Directory.Delete(folder.File(".devices", zone), recursive: true);
        File.Delete(folder.File(zone));
    }

    /// <summary>Reading it is then refused to everybody, also to root, whom no mode of a file would stop.</summary>
    public void Forbid(string zone)
    {
        File.Delete(Counter(zone));
        Directory.CreateDirectory(Counter(zone));
    }

    public void Dispose() => folder.Dispose();
}
