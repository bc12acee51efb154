namespace Grid.Silo.Settings;

/// <summary>One setting of a silo, as people write it: a flag, or else a variable of the environment.</summary>
/// <param name="Flag">Such as <c>--slots</c>.</param>
/// <param name="Variable">Such as <c>GRID_SLOTS</c>.</param>
/// <param name="Value">What stands for its value in the help.</param>
/// <param name="Default">In words where it is no fixed text; empty where there is none.</param>
public sealed record SiloSetting(string Flag, string Variable, string Value, string Default, string Description)
{
    public static SiloSetting Store { get; } = new(
        "--store", "GRID_STORE", "CONNECTION", "", "PostgreSQL of the cluster: \"Host=...;Database=grid;Username=...\". Keep passwords out of command lines.");

    public static SiloSetting StoreFile { get; } = new("--store-file", "GRID_STORE_FILE", "FILE", "", "File that holds the same; for secrets.");

    public static SiloSetting Role { get; } = new("--role", "GRID_ROLE", "LIST", "control,train,measure", "What this silo does: any of control, train and measure.");

    public static SiloSetting Slots { get; } = new("--slots", "GRID_SLOTS", "N", "the number of cores", "Stages computed at once; each is a process with one thread.");

    public static SiloSetting DeviceClass { get; } = new(
        "--device-class", "GRID_DEVICE_CLASS", "NAME", "local", "What this machine measures as; numbers of different classes never meet.");

    public static SiloSetting Accelerator { get; } = new("--accelerator", "GRID_ACCELERATOR", "cpu|cuda", "cpu", "What its slots train on.");

    public static SiloSetting Artifacts { get; } = new(
        "--artifacts", "GRID_ARTIFACTS", "postgres|DIR", "postgres", "Where models are kept: in the store, or in a folder that every silo shares.");

    public static SiloSetting Cache { get; } = new("--cache", "GRID_CACHE", "DIR", "./.grid-silo", "Local folder for copies of models, unfinished files and the log.");

    public static SiloSetting CacheSize { get; } = new(
        "--cache-size", "GRID_CACHE_SIZE", "GB", "10", "What copies of models from the store may take there before those longest unused are deleted.");

    public static SiloSetting ClusterId { get; } = new("--cluster-id", "GRID_CLUSTER_ID", "NAME", "grid", "Tells clusters apart that share a database.");

    public static SiloSetting Name { get; } = new("--name", "GRID_SILO_NAME", "NAME", "host:process", "What people and leases call this silo.");

    public static SiloSetting Listen { get; } = new(
        "--listen", "GRID_LISTEN", "ADDRESS", "127.0.0.1", "IP address to listen on. Beyond loopback it takes TLS, or --insecure.");

    public static SiloSetting Advertise { get; } = new("--advertise", "GRID_ADVERTISE", "ADDRESS", "the address listened on", "IP address at which others reach this silo.");

    public static SiloSetting SiloPort { get; } = new("--silo-port", "GRID_SILO_PORT", "PORT", "11111", "Port for other silos; 0 for any free one.");

    public static SiloSetting GatewayPort { get; } = new(
        "--gateway-port", "GRID_GATEWAY_PORT", "PORT", "30000", "Port for clients, if it has the role control; 0 for any free one.");

    public static SiloSetting Probes { get; } = new(
        "--probes", "GRID_PROBES", "ADDRESS:PORT", "off", "Answers whether it has started, is ready and is alive, by HTTP.");

    public static SiloSetting Metrics { get; } = new(
        "--metrics", "GRID_METRICS", "ADDRESS:PORT", "off", "Serves metrics to Prometheus, by HTTP without TLS: names of sweeps and pools, and numbers.");

    public static SiloSetting TlsCertificate { get; } = new("--tls-certificate", "GRID_TLS_CERTIFICATE", "FILE", "", "Certificate of this silo, PEM.");

    public static SiloSetting TlsKey { get; } = new("--tls-key", "GRID_TLS_KEY", "FILE", "", "Its private key, PEM.");

    public static SiloSetting TlsCa { get; } = new("--tls-ca", "GRID_TLS_CA", "FILE", "", "The authority that every silo and client must have a certificate of, PEM.");

    public static SiloSetting Insecure { get; } = new(
        "--insecure", "GRID_INSECURE", "true|false", "false", "No TLS beyond loopback: whoever reaches the ports commands the cluster.");

    public static SiloSetting DrainTime { get; } = new(
        "--drain-time", "GRID_DRAIN_TIME", "SECONDS", "60", "What running stages get to end when the silo is told to stop.");

    /// <summary>Every setting, in the order of the help.</summary>
    public static IReadOnlyList<SiloSetting> All { get; } =
    [
        Store, StoreFile, Role, Slots, DeviceClass, Accelerator, Artifacts, Cache, CacheSize, ClusterId, Name, Listen, Advertise, SiloPort, GatewayPort, Probes, Metrics,
        TlsCertificate, TlsKey, TlsCa, Insecure, DrainTime,
    ];
}
