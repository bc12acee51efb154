using System.Net;
using System.Net.Sockets;
using Grid.Experiments.Store;
using Grid.Grains;
using Grid.Grains.Contracts;
using Grid.Silo.Hosting;
using Grid.Silo.Security;
using Grid.Silo.Telemetry;
using Grid.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Grid.Silo.Tests.Security;

/// <summary>Silos on loopback ports in this process, the first of which keeps the membership, and clients of them.</summary>
internal sealed class TlsCluster : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<IHost> hosts = [];
    private readonly IExperimentStore store;

    public TlsCluster() => store = SqliteExperimentStore.Open(folder.File("grid.db"));

    /// <summary>Of the silo that was started first.</summary>
    public int SiloPort { get; private set; }
    public int GatewayPort { get; private set; }

    /// <summary>Another than <see cref="GatewayPort"/> where somebody stands between.</summary>
    public int GatewayListens { get; private set; }

    /// <param name="tls">Null for none.</param>
    /// <param name="between">Port at which clients are to reach the gateway; its own unless told.</param>
    public async Task StartSilo(TlsFiles? tls, int? between = null)
    {
        var (siloPort, listens) = (FreePort(), FreePort());
        var gatewayPort = between ?? listens;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder.Path });
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort, new IPEndPoint(IPAddress.Loopback, SiloPort == 0 ? siloPort : SiloPort));
            silo.Configure<EndpointOptions>(options => options.GatewayListeningEndpoint = new IPEndPoint(IPAddress.Loopback, listens));
            silo.AddGridMessages();
            if (tls is not null)
                silo.UseTls(tls);
        });
        builder.Services.AddSingleton(new GrainSettings(Kept: true)).AddSingleton(TimeProvider.System);
        builder.Services.AddGridTelemetry(TelemetrySettings.None, store, control: true);
        await Start(builder.Build());
        if (SiloPort == 0)
            (SiloPort, GatewayPort, GatewayListens) = (siloPort, gatewayPort, listens);
    }

    /// <summary>Takes a table away under the silos.</summary>
    public void LoseExperiments()
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("grid.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "alter table experiment rename to lost";
        command.ExecuteNonQuery();
    }

    /// <summary>A client that gives up at the first failure.</summary>
    /// <param name="tls">Null for none.</param>
    /// <param name="port">The gateway of the first silo unless told.</param>
    public async Task<IClusterClient> Connect(TlsFiles? tls, int? port = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder.Path });
        builder.UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(port ?? GatewayPort);
            client.UseConnectionRetryFilter((_, _) => Task.FromResult(false));
            client.Services.AddGridMessages();
            if (tls is not null)
                client.UseTls(tls);
        });
        var host = builder.Build();
        await Start(host);
        return host.Services.GetRequiredService<IClusterClient>();
    }

    /// <summary>Succeeds when silo and client understand each other.</summary>
    public static async Task Talk(IClusterClient client) => (await client.Pool("train/cpu").View()).Pending.ShouldBe(0);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(hosts))
        {
            // Only the tests' time is saved: what is left of a silo has nothing to give back.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await host.StopAsync(patience.Token);
            host.Dispose();
        }
        await store.DisposeAsync();
        folder.Dispose();
    }

    private async Task Start(IHost host)
    {
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            hosts.Add(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
