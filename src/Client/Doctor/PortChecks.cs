using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Grid.Experiments.Store;
using Grid.Silo.Settings;

namespace Grid.Client.Doctor;

/// <summary>Whether a silo that is started on this machine finds its ports free.</summary>
internal static class PortChecks
{
    private const string Name = "ports";

    /// <param name="members">Silos of the cluster, which may be why a port is taken.</param>
    public static IReadOnlyList<Check> Of(ClusterAccess cluster, IReadOnlyDictionary<string, string> environment, IReadOnlyList<MemberSilo> members)
    {
        var usual = new SiloSettings { Cluster = cluster };
        var values = new SettingValues(_ => null, environment.GetValueOrDefault);
        var listen = values.Address(SiloSetting.Listen, usual.Listen);
        (SiloSetting Setting, IPEndPoint? At)[] ports =
        [
            (SiloSetting.SiloPort, new(listen, values.Number(SiloSetting.SiloPort, usual.SiloPort, 0, IPEndPoint.MaxPort))),
            (SiloSetting.GatewayPort, new(listen, values.Number(SiloSetting.GatewayPort, usual.GatewayPort, 0, IPEndPoint.MaxPort))),
            (SiloSetting.Probes, Endpoint(values, SiloSetting.Probes)),
            (SiloSetting.Metrics, Endpoint(values, SiloSetting.Metrics)),
        ];
        var here = NetworkInterface.GetAllNetworkInterfaces().SelectMany(n => n.GetIPProperties().UnicastAddresses).Select(a => a.Address).ToHashSet();
        var ours = members.Where(m => here.Contains(m.Address)).SelectMany(m => new[] { m.Port, m.Gateway }).ToHashSet();
        var taken = ports.Where(p => p.At is { Port: > 0 }).Select(p => Of(p.Setting, p.At!, ours)).OfType<Check>()
            .Concat(values.Errors.Select(error => Check.Warning(Name, error, "Correct it before a silo is started here."))).ToList();
        return taken.Count > 0 ? taken : [Check.Ok(Name, $"free for a silo: {string.Join(", ", ports.Select(p => p.At).OfType<IPEndPoint>())}")];
    }

    /// <summary>Null when it is free.</summary>
    private static Check? Of(SiloSetting setting, IPEndPoint at, HashSet<int> ours)
    {
        try
        {
            using var listener = new TcpListener(at);
            listener.Start();
            return null;
        }
        catch (SocketException) when (ours.Contains(at.Port))
        {
            return Check.Ok(Name, $"{at} is that of a silo of this cluster; another one here needs another {setting.Flag}");
        }
        catch (SocketException e)
        {
            return Check.Warning(Name, $"{at} cannot be listened on: {e.Message}", $"A silo on this machine needs another: {setting.Flag} or {setting.Variable}.");
        }
    }

    private static IPEndPoint? Endpoint(SettingValues values, SiloSetting setting) => values.Text(setting) is { } text && IPEndPoint.TryParse(text, out var at) ? at : null;
}
