using System.Security.Authentication;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;
using Grid.Silo.Security;
using Grid.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Grid.Silo.Hosting;

/// <summary>A client of a cluster. It finds the gateways in the store.</summary>
public sealed class ClusterClient : IGrid, IAsyncDisposable
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(15);

    /// <summary>A call to a silo that died is not waited for any longer.</summary>
    private static readonly TimeSpan ResponseTime = TimeSpan.FromSeconds(10);

    private readonly IHost host;

    private ClusterClient(IHost host, IExperimentStore store, IArtifactStore artifacts)
    {
        this.host = host;
        (Store, Artifacts) = (store, artifacts);
        Grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    public IExperimentStore Store { get; }

    public IArtifactStore Artifacts { get; }

    public IGrainFactory Grains { get; }

    public IClusterGrain Cluster => Grains.Cluster();

    /// <param name="store">Of the cluster, as are the artifacts; stays the caller's.</param>
    /// <exception cref="ClusterUnreachableException">No gateway answered in time.</exception>
    public static async Task<ClusterClient> Connect(
        ClusterAccess access, IExperimentStore store, IArtifactStore artifacts, CancellationToken cancellation)
    {
        var host = Build(access);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(ConnectTime);
        try
        {
            await host.StartAsync(patience.Token);
            return new ClusterClient(host, store, artifacts);
        }
        catch (Exception e) when (e is OrleansException or OperationCanceledException or TimeoutException && !cancellation.IsCancellationRequested)
        {
            host.Dispose();
            throw new ClusterUnreachableException(
                Distrust(e) ?? (e is OrleansException ? e.Message : $"none answered within {ConnectTime.TotalSeconds:0} s."), e);
        }
    }

    public async Task<IReadOnlyList<PoolView>> Pools(params IEnumerable<string> also)
    {
        var silos = await Cluster.Silos();
        return await Task.WhenAll(silos.SelectMany(s => s.Report.Pools).Concat(RunOn.Default.Pools).Union(also).Order(StringComparer.Ordinal).Select(pool => Grains.Pool(pool).View()));
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await host.StopAsync(patience.Token);
        host.Dispose();
    }

    /// <summary>What is wrong with a silo's certificate; null when that is not why there is no connection.</summary>
    private static string? Distrust(Exception error) => error switch
    {
        AuthenticationException => error.Message,
        AggregateException several => several.InnerExceptions.Select(Distrust).FirstOrDefault(reason => reason is not null),
        _ => error.InnerException is { } inner ? Distrust(inner) : null,
    };

    private static IHost Build(ClusterAccess access)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", access.Store));
            client.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = ("grid", access.Id));
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTime);
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
            // Silos may be starting, or failing over: it goes on trying until the time is up.
            client.UseConnectionRetryFilter(async (error, cancellation) =>
            {
                // Whom one does not trust now, one does not in a second.
                if (Distrust(error) is not null)
                    return false;
                await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellation);
                return true;
            });
            client.Services.AddGridMessages();
            if (access.Tls is { } tls)
                client.UseTls(tls);
        });
        return builder.Build();
    }
}

/// <summary>No silo of a cluster answers; the message says why.</summary>
public sealed class ClusterUnreachableException(string message, Exception? inner = null) : Exception(message, inner);
