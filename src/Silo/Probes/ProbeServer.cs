using System.Net;
using Grid.Experiments.Store;
using Grid.Silo.Settings;
using Grid.Silo.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grid.Silo.Probes;

/// <summary>Answers, by HTTP, how this silo is: see <see cref="ProbePaths"/>.</summary>
internal sealed class ProbeServer(
    SiloSettings settings, IExperimentStore store, ISiloStatusOracle status, IHostApplicationLifetime lifetime, DrainSwitch drain,
    TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>Store unreachable for this long: not ready.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A process whose own timer has not run for so long does not get on.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(60);

    private long storeSeen = time.GetTimestamp();
    private long ticked = time.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(settings.Probes!));
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Run(Answer);
        await app.StartAsync(stoppingToken);
        try
        {
            await Task.WhenAll(Tick(stoppingToken), LookAtStore(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Stopping. It goes on answering, that it is not ready, until the host is gone.
        }
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await app.StopAsync(patience.Token);
    }

    private Task Answer(HttpContext call)
    {
        var (yes, words) = call.Request.Path.Value switch
        {
            ProbePaths.Startup => (Joined, Joined ? "joined" : "not joined yet"),
            ProbePaths.Ready => Ready(),
            ProbePaths.Live => (time.GetElapsedTime(Volatile.Read(ref ticked)) < Stuck, "alive"),
            _ => (false, ""),
        };
        call.Response.StatusCode = words.Length == 0 ? (int)HttpStatusCode.NotFound : yes ? (int)HttpStatusCode.OK : (int)HttpStatusCode.ServiceUnavailable;
        return call.Response.WriteAsync(words + "\n");
    }

    private bool Joined => status.CurrentStatus == SiloStatus.Active;

    private (bool, string) Ready() =>
        !Joined ? (false, "not in the cluster")
        : lifetime.ApplicationStopping.IsCancellationRequested ? (false, "stopping")
        : drain.IsOn ? (false, "draining")
        : time.GetElapsedTime(Volatile.Read(ref storeSeen)) > Patience ? (false, "the store cannot be reached")
        : (true, "ready");

    private async Task Tick(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(cancellation))
            Volatile.Write(ref ticked, time.GetTimestamp());
    }

    private async Task LookAtStore(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(cancellation))
            try
            {
                await store.ListExperiments(ExperimentStatus.Running).WaitAsync(cancellation);
                Volatile.Write(ref storeSeen, time.GetTimestamp());
            }
            catch (StoreException)
            {
                // The time it was last seen tells.
            }
    }
}
