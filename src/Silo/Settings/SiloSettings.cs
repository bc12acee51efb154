using System.Net;
using Grid.Silo.Telemetry;

namespace Grid.Silo.Settings;

/// <summary>How a silo of a cluster is run.</summary>
public sealed record SiloSettings
{
    private const int MostSlots = 1024;
    private const long Gigabyte = 1_000_000_000;
    private const int MostGigabytes = 1_000_000;
    private const int MostDrainSeconds = 24 * 3600;

    public required ClusterAccess Cluster { get; init; }
    public SiloRoles Roles { get; init; } = SiloRoles.Control | SiloRoles.Train | SiloRoles.Measure;

    /// <summary>Stages computed at once, at least 1.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;
    public string DeviceClass { get; init; } = "local";
    public string Accelerator { get; init; } = "cpu";

    public string Cache { get; init; } = Path.GetFullPath(".grid-silo");

    /// <summary>What copies of models may take in the cache, in bytes; at least 10^9.</summary>
    public long CacheSize { get; init; } = 10 * Gigabyte;
    public string Name { get; init; } = $"{Environment.MachineName}:{Environment.ProcessId}";
    public IPAddress Listen { get; init; } = IPAddress.Loopback;
    public IPAddress Advertise { get; init; } = IPAddress.Loopback;

    /// <summary>0 for any free one.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>0 for any free one.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>Where probes are answered; null for nowhere.</summary>
    public IPEndPoint? Probes { get; init; }

    /// <summary>Where metrics are served, and what the variables of OpenTelemetry turn on.</summary>
    public TelemetrySettings Telemetry { get; init; } = TelemetrySettings.None;

    public bool Insecure { get; init; }

    /// <summary>What running stages get to end when the silo is told to stop.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <param name="flag">Value of a flag on the command line; null where it was not given.</param>
    /// <param name="variable">Value of a variable of the environment.</param>
    /// <exception cref="SettingsException">Something is missing or wrong; all of it is named.</exception>
    public static SiloSettings Read(Func<SiloSetting, string?> flag, Func<string, string?> variable)
    {
        var values = new SettingValues(flag, variable);
        var listen = values.Address(SiloSetting.Listen, IPAddress.Loopback);
        var settings = new SiloSettings
        {
            Cluster = ClusterAccess.Read(values),
            Roles = values.Read(SiloSetting.Role, SiloRoles.Control | SiloRoles.Train | SiloRoles.Measure, "any of control, train and measure, with commas between", Role),
            Slots = values.Number(SiloSetting.Slots, Environment.ProcessorCount, 1, MostSlots),
            DeviceClass = values.Word(SiloSetting.DeviceClass, "local"),
            Accelerator = ReadAccelerator(values),
            Cache = Path.GetFullPath(values.Text(SiloSetting.Cache, "./.grid-silo")),
            CacheSize = Gigabyte * values.Number(SiloSetting.CacheSize, 10, 1, MostGigabytes),
            Name = values.Text(SiloSetting.Name, $"{Environment.MachineName}:{Environment.ProcessId}"),
            Listen = listen,
            Advertise = values.Address(SiloSetting.Advertise, listen),
            SiloPort = values.Number(SiloSetting.SiloPort, 11111, 0, 65535),
            GatewayPort = values.Number(SiloSetting.GatewayPort, 30000, 0, 65535),
            Probes = ReadEndpoint(values, SiloSetting.Probes),
            Telemetry = TelemetrySettings.Read(variable, ReadEndpoint(values, SiloSetting.Metrics)),
            Insecure = values.Flag(SiloSetting.Insecure),
            DrainTime = TimeSpan.FromSeconds(values.Number(SiloSetting.DrainTime, 60, 0, MostDrainSeconds)),
        };
        if (settings.Advertise.Equals(IPAddress.Any) || settings.Advertise.Equals(IPAddress.IPv6Any))
            values.Errors.Add($"{settings.Advertise} is no address that others can reach: name this machine's own with {SiloSetting.Advertise.Flag} or {SiloSetting.Advertise.Variable}.");
        return values.Errors.Count == 0 ? settings : throw new SettingsException(values.Errors);
    }

    private static SiloRoles? Role(string text)
    {
        var roles = SiloRoles.None;
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
            switch (word)
            {
                case "control":
                    roles |= SiloRoles.Control;
                    break;
                case "train":
                    roles |= SiloRoles.Train;
                    break;
                case "measure":
                    roles |= SiloRoles.Measure;
                    break;
                default:
                    return null;
            }
        return roles;
    }

    private static string ReadAccelerator(SettingValues values)
    {
        var text = values.Text(SiloSetting.Accelerator, "cpu");
        if (text is not ("cpu" or "cuda"))
            values.Errors.Add($"{SiloSetting.Accelerator.Flag} is '{text}'; accepted: cpu or cuda.");
        return text;
    }

    private static IPEndPoint? ReadEndpoint(SettingValues values, SiloSetting setting)
    {
        if (values.Text(setting) is not { } text || text == "off")
            return null;
        if (IPEndPoint.TryParse(text, out var at) && at.Port > 0)
            return at;
        values.Errors.Add($"{setting.Flag} is '{text}'; accepted: ADDRESS:PORT, such as 127.0.0.1:8080, or off.");
        return null;
    }
}

/// <summary>Settings are missing or wrong.</summary>
/// <param name="errors">Each says what to change.</param>
public sealed class SettingsException(IReadOnlyList<string> errors) : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
