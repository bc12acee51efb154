using System.Text.RegularExpressions;

namespace Grid.Experiments.Measurement.Energy.Meters.Rapl;

/// <summary>
/// The zones of RAPL that together are the processors and their memory, each once, as Linux shows them in the powercap class:
/// package zones, and dram beside them. Cores and graphics are parts of a package; psys, the whole board, contains packages, and counts only
/// where there are none. The class shows some packages a second time under intel-rapl-mmio. AMD's processors stand under Intel's name, too.
/// </summary>
internal static partial class RaplZones
{
    /// <returns>Folders of the zones, with names that are different for each; none, and why, when they cannot be read.</returns>
    public static (IReadOnlyList<RaplZone> Zones, string? Why) Find(string powercap)
    {
        try
        {
            if (!Directory.Exists(powercap))
                return ([], $"there is no {powercap}: a virtual machine, a container without it, or a kernel or processor without RAPL");
            var named = Directory.EnumerateDirectories(powercap).Where(f => ZoneFolder().IsMatch(Path.GetFileName(f))).Order(StringComparer.Ordinal)
                .Select(folder => (Folder: folder, Name: Text(folder, "name"))).ToList();
            var packages = named.Where(z => z.Name.StartsWith("package-", StringComparison.Ordinal)).ToList();
            var chosen = packages.Count > 0 ? [.. packages, .. named.Where(z => z.Name == "dram")] : named.Where(z => z.Name == "psys").ToList();
            if (chosen.Count == 0)
                return ([], $"{powercap} has no zone of RAPL that counts a processor");
            return ([.. chosen.Select(z => RaplZone.Open(z.Folder, Distinct(z.Folder, z.Name)))], null);
        }
        catch (UnauthorizedAccessException)
        {
            return ([],
                $"the counters in {powercap} may only be read by root on this machine. Run Grid as root, or let it read them: "
                + $"sudo chmod a+r {powercap}/intel-rapl:*/energy_uj, again after each start of the machine (a rule for udev does it for good). "
                + "Mind that whoever can read them can learn about what others compute (CVE-2020-8694)");
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return ([], $"the zones in {powercap} cannot be read: {e.Message}");
        }
    }

    /// <summary>The dram of two packages has one name.</summary>
    private static string Distinct(string folder, string name) => name == "dram" ? $"dram-{Path.GetFileName(folder).Split(':')[1]}" : name;

    private static string Text(string folder, string file) => File.ReadAllText(Path.Combine(folder, file)).Trim();

    [GeneratedRegex(@"\Aintel-rapl:[0-9]+(:[0-9]+)?\z")]
    private static partial Regex ZoneFolder();
}
