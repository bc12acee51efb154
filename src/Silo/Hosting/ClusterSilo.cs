using System.Net;
using System.Net.Sockets;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Grains;
using Grid.Silo.Cluster;
using Grid.Silo.Probes;
using Grid.Silo.Runners;
using Grid.Silo.Security;
using Grid.Silo.Settings;
using Grid.Silo.Slots;
using Grid.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Grid.Silo.Hosting;

/// <summary>One silo of a cluster: control silos host the grains, workers only pull from them. All share a PostgreSQL store.</summary>
public static partial class ClusterSilo
{
    /// <summary>What recording the last ends and leaving the cluster may take after the drain time.</summary>
    public static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(15);

    /// <summary>Builds the host; brings the store's schema up to date first.</summary>
    /// <param name="executor">What a slot carries out stages with; a runner process unless told.</param>
    /// <exception cref="SettingsException">It would listen beyond loopback without protection.</exception>
    /// <exception cref="StoreException">The store cannot be reached, or a newer program wrote it.</exception>
    public static IHost Build(SiloSettings settings, Func<IStageExecutor>? executor = null)
    {
        var policy = new ListenPolicy(settings.Listen, settings.Cluster.Tls is not null, settings.Insecure);
        if (policy.Error is { } error)
            throw new SettingsException([error]);
        var slots = Slots(settings, executor);
        var home = HomeFolder.Open(settings.Cache);
        var cluster = ClusterStore.Open(settings.Cluster.Store, settings.Cluster.ArtifactsFolder, home);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = home.FullPath });
        builder.Logging.AddConsoleLog();
        builder.UseOrleans(silo => Configure(silo, settings));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.DrainTime + LeaveTime);
        builder.Services.AddSingleton(settings);
        var control = settings.Roles.HasFlag(SiloRoles.Control);
        builder.Services.AddGrid(
            cluster.Experiments, cluster.Artifacts, slots, new GrainSettings(Kept: true), settings.Telemetry, TimeProvider.System, control);
        if (control)
            builder.Services.AddHostedService<ExperimentKeeper>();
        builder.Services.AddHostedService<SiloReporter>();
        builder.Services.AddHostedService<CutGuard>();
        if (cluster.Artifacts is ClusterArtifactStore cached)
            builder.Services.AddSingleton(cached).AddHostedService<CacheKeeper>();
        if (settings.Probes is not null)
            builder.Services.AddHostedService<ProbeServer>();
        if (settings.Telemetry != TelemetrySettings.None)
            builder.Services.AddSingleton(_ => TelemetryProviders.Start(settings.Telemetry, "grid-silo", settings.Name, Environment.GetEnvironmentVariable)!);
        if (settings.Telemetry.Prometheus is not null)
            builder.Services.AddHostedService<MetricsServer>();
        var host = builder.Build();
        // Before anything is told.
        _ = host.Services.GetService<TelemetryProviders>();
        var logger = host.Services.GetRequiredService<ILogger<ListenPolicy>>();
        if (policy.Warning is { } warning)
            Unprotected(logger, warning);
        return host;
    }

    private static SlotOptions Slots(SiloSettings settings, Func<IStageExecutor>? executor)
    {
        var (train, measure) = (settings.Roles.HasFlag(SiloRoles.Train), settings.Roles.HasFlag(SiloRoles.Measure));
        if (executor is null && (train || measure))
        {
            var runner = new RunnerOptions { Executable = RunnerLocator.Find() };
            executor = () => new RunnerProcess(runner);
        }
        return new SlotOptions
        {
            Slots = settings.Slots,
            TrainPool = train ? PoolNames.Train(settings.Accelerator) : null,
            MeasurePool = measure ? PoolNames.Measure(settings.DeviceClass) : null,
            DrainTime = settings.DrainTime,
            Executor = executor!,
        };
    }

    private static void Configure(ISiloBuilder silo, SiloSettings settings)
    {
        var control = settings.Roles.HasFlag(SiloRoles.Control);
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", settings.Cluster.Store));
        silo.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = ("grid", settings.Cluster.Id));
        silo.Configure<SiloOptions>(options => options.SiloName = settings.Name);
        silo.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = settings.Advertise;
            options.SiloPort = settings.SiloPort > 0 ? settings.SiloPort : FreePort(settings.Listen);
            // Workers host no grains: clients have no business with them.
            options.GatewayPort = !control ? 0 : settings.GatewayPort > 0 ? settings.GatewayPort : FreePort(settings.Listen);
            options.SiloListeningEndpoint = new IPEndPoint(settings.Listen, options.SiloPort);
            options.GatewayListeningEndpoint = control ? new IPEndPoint(settings.Listen, options.GatewayPort) : null;
        });
        silo.Configure<ClusterMembershipOptions>(Membership.Configure);
        silo.AddGridMessages();
        silo.AddGrainService<ReachService>().Services.AddSingleton<ReachClient>();
        if (!control)
            silo.Configure<GrainTypeOptions>(options => options.Classes.RemoveWhere(type => type.Assembly == typeof(GrainSettings).Assembly));
        if (settings.Cluster.Tls is { } tls)
            silo.UseTls(tls);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Warning}")]
    private static partial void Unprotected(ILogger logger, string warning);

    /// <summary>Nothing keeps another program from taking it meanwhile: the start then fails and says so.</summary>
    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
