using System.Diagnostics;
using System.Net.NetworkInformation;

namespace Grid.Cluster.Tests;

/// <summary>
/// A network on this machine in which every silo has a namespace and an address of its own, so that what connects them can be cut: a bridge, and
/// from each namespace a pair of virtual cables to it. Packets are lost without a word, as they are when a switch fails.
/// </summary>
internal sealed class SiloNetwork : IDisposable
{
    private static int networks;

    private readonly Dictionary<string, Place> places = [];
    private readonly string bridge;
    private readonly string prefix;

    private SiloNetwork(string bridge, string prefix) => (this.bridge, this.prefix) = (bridge, prefix);

    /// <summary>The address of the machine outside of all namespaces.</summary>
    public string Host => $"{prefix}.1";

    /// <summary>Skips the test where namespaces cannot be made, or rules not be set.</summary>
    public static SiloNetwork Start()
    {
        var network = Start(out var reason);
        Assert.SkipWhen(network is null, reason);
        return network!;
    }

    /// <summary>Null where that is so.</summary>
    public static SiloNetwork? TryStart() => Start(out _);

    private static SiloNetwork? Start(out string reason)
    {
        reason = !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess
            ? "This test gives each silo a network of its own, which takes the root user of a Linux machine."
            : Missing("ip", "iproute2") ?? Missing("nft", "nftables") ?? "";
        if (reason.Length > 0)
            return null;
        var network = new SiloNetwork($"grid{Environment.ProcessId % 10_000}x{Interlocked.Increment(ref networks) % 10}", FreePrefix());
        var (code, output) = Run("ip", "link", "add", network.bridge, "type", "bridge");
        if (code != 0)
        {
            reason = $"This test gives each silo a network of its own, which this machine does not allow: {output.Trim()}";
            return null;
        }
        Ensure("ip", "addr", "add", $"{network.Host}/24", "dev", network.bridge);
        Ensure("ip", "link", "set", network.bridge, "up");
        return network;
    }

    /// <summary>A place for a silo; the one it has had if it was there before.</summary>
    public Place Join(string silo)
    {
        if (places.TryGetValue(silo, out var known))
            return known;
        var number = Enumerable.Range(2, 250).First(n => !places.Values.Any(p => p.Address == $"{prefix}.{n}"));
        var place = new Place($"{bridge}n{number}", $"{bridge}v{number}", $"{prefix}.{number}");
        places[silo] = place;
        Ensure("ip", "netns", "add", place.Namespace);
        Ensure("ip", "link", "add", place.Cable, "type", "veth", "peer", "name", "eth0", "netns", place.Namespace);
        Ensure("ip", "link", "set", place.Cable, "master", bridge, "up");
        Ensure("ip", "-n", place.Namespace, "addr", "add", $"{place.Address}/24", "dev", "eth0");
        Ensure("ip", "-n", place.Namespace, "link", "set", "eth0", "up");
        Ensure("ip", "-n", place.Namespace, "link", "set", "lo", "up");
        Within(place, "add", "table", "inet", "cuts");
        Within(place, "add", "chain", "inet", "cuts", "in", "{ type filter hook input priority 0 ; }");
        return place;
    }

    /// <summary>Nothing reaches the silo any more, and it reaches nothing, the database included.</summary>
    public void CutOff(string silo) => Ensure("ip", "link", "set", places[silo].Cable, "down");

    /// <summary>The two do not reach each other any more, but all others.</summary>
    public void Cut(string one, string other)
    {
        Within(places[one], "add", "rule", "inet", "cuts", "in", "ip", "saddr", places[other].Address, "drop");
        Within(places[other], "add", "rule", "inet", "cuts", "in", "ip", "saddr", places[one].Address, "drop");
    }

    /// <summary>A silo that has ended needs its place no longer.</summary>
    public void Leave(string silo)
    {
        if (places.Remove(silo, out var place))
            Remove(place);
    }

    /// <summary>Mends what was cut off these silos, or cut between them.</summary>
    public void Heal(params IEnumerable<string> silos)
    {
        foreach (var place in silos.Where(places.ContainsKey).Select(silo => places[silo]))
        {
            Ensure("ip", "link", "set", place.Cable, "up");
            Within(place, "flush", "chain", "inet", "cuts", "in");
        }
    }

    public void Dispose()
    {
        foreach (var place in places.Values)
            Remove(place);
        Run("ip", "link", "delete", bridge);
    }

    /// <summary>The cable by itself: with the namespace it goes only some time after.</summary>
    private static void Remove(Place place)
    {
        Run("ip", "link", "delete", place.Cable);
        Run("ip", "netns", "delete", place.Namespace);
    }

    private static void Within(Place place, params IEnumerable<string> rule) => Ensure("ip", ["netns", "exec", place.Namespace, "nft", .. rule]);

    /// <summary>Of the networks that are meant for tests (RFC 2544), one that no card of this machine is in.</summary>
    private static string FreePrefix()
    {
        var used = NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(a => a.Address.ToString()).ToList();
        return Enumerable.Range(0, 256).Select(i => $"198.18.{(Environment.ProcessId + networks + i) % 256}").First(prefix => !used.Any(a => a.StartsWith($"{prefix}.")));
    }

    private static string? Missing(string program, string package) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, program)))
            ? null
            : $"Missing: {program} (the Debian package {package}).";

    private static void Ensure(string program, params IEnumerable<string> arguments)
    {
        var (code, output) = Run(program, arguments);
        if (code != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output}");
    }

    private static (int Code, string Output) Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var output = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    /// <param name="Cable">The end of it that hangs on the bridge.</param>
    public sealed record Place(string Namespace, string Cable, string Address)
    {
        /// <summary>Starts a command in it, as the same process.</summary>
        public IReadOnlyList<string> Enter => ["ip", "netns", "exec", Namespace];
    }
}
