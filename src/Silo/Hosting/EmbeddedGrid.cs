using System.Net;
using System.Net.Sockets;
using Grid.Experiments.Store;
using Grid.Grains;
using Grid.Grains.Contracts;
using Grid.Silo.Slots;
using Grid.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Grid.Silo.Hosting;

/// <summary>
/// A whole grid in this process: one silo that listens on loopback only, the store and the artifacts in a home folder that nobody else
/// computes in meanwhile.
/// </summary>
public sealed class EmbeddedGrid : IGrid, IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(20);

    private readonly IDisposable homeLock;
    private readonly IHost host;
    private readonly IReadOnlyList<string> pools;

    private EmbeddedGrid(IDisposable homeLock, IHost host, IExperimentStore store, IArtifactStore artifacts, IReadOnlyList<string> pools)
    {
        this.pools = pools;
        this.homeLock = homeLock;
        this.host = host;
        Store = store;
        Artifacts = artifacts;
        Grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    public IExperimentStore Store { get; }

    public IArtifactStore Artifacts { get; }

    public IGrainFactory Grains { get; }

    /// <summary>Starts in a home folder. What an earlier process had leased when it ended is free again.</summary>
    /// <param name="telemetry">What whoever collects it in this process wants to hear; nothing unless told.</param>
    /// <exception cref="StoreException">The folder is in use by another process, read-only or full, or its store is from a newer version.</exception>
    public static async Task<EmbeddedGrid> Start(
        HomeFolder home, SlotOptions? slots = null, TimeProvider? time = null, TelemetrySettings? telemetry = null)
    {
        var homeLock = home.Lock();
        IExperimentStore? store = null;
        IHost? host = null;
        try
        {
            store = SqliteExperimentStore.Open(home.DatabaseFile, time: time);
            await store.ReleaseAll();
            var artifacts = new FileArtifactStore(home);
            slots ??= new SlotOptions();
            host = Build(home, store, artifacts, slots, telemetry ?? TelemetrySettings.None, time ?? TimeProvider.System);
            await host.StartAsync();
            return new EmbeddedGrid(homeLock, host, store, artifacts, slots.Pools);
        }
        catch
        {
            host?.Dispose();
            if (store is not null)
                await store.DisposeAsync();
            homeLock.Dispose();
            throw;
        }
    }

    /// <summary>What waits and runs in the pools of this machine.</summary>
    public async Task<IReadOnlyList<PoolView>> Pools(params IEnumerable<string> also) =>
        await Task.WhenAll(pools.Union(also).Select(name => Grains.Pool(name).View()));

    /// <summary>Gives leases back, ends the runners, then the silo.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var patience = new CancellationTokenSource(ShutdownTime))
            await host.StopAsync(patience.Token);
        try
        {
            host.Dispose();
        }
        catch (IOException)
        {
            // The log's last lines do not fit on a full disk. What the sweep found, and why it stopped, is told all the same.
        }
        await Store.DisposeAsync();
        homeLock.Dispose();
    }

    private static IHost Build(
        HomeFolder home, IExperimentStore store, IArtifactStore artifacts, SlotOptions slots, TelemetrySettings telemetry, TimeProvider time)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = home.FullPath });
        builder.Logging.AddFileLog(home);
        builder.UseOrleans(silo =>
        {
            var (siloPort, gatewayPort) = FreePorts();
            silo.UseLocalhostClustering(siloPort, gatewayPort);
            silo.AddGridMessages();
        });
        builder.Services.AddGrid(store, artifacts, slots, new GrainSettings(Kept: false), telemetry, time);
        return builder.Build();
    }

    /// <summary>Two at once, so that they differ. Nothing keeps another program from taking one meanwhile: the start then fails and says so.</summary>
    private static (int Silo, int Gateway) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
