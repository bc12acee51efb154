using Grid.Silo.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grid.Silo.Telemetry;

/// <summary>Serves the metrics of this process to Prometheus, by HTTP.</summary>
internal sealed class MetricsServer(SiloSettings settings, TelemetryProviders providers, GaugeReadings readings) : IHostedService, IAsyncDisposable
{
    public const string Path = "/metrics";

    private WebApplication? app;

    /// <exception cref="SettingsException">The address cannot be listened on.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var at = settings.Telemetry.Prometheus!;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(at));
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Use(async (call, next) =>
        {
            if (call.Request.Path == Path)
                await readings.Look();
            await next(call);
        });
        app.UseOpenTelemetryPrometheusScrapingEndpoint(
            providers.MetricsProvider, predicate: null, Path, configureBranchedPipeline: null, optionsName: null);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            throw new SettingsException([$"{SiloSetting.Metrics.Flag} is {at}, which cannot be listened on: {e.Message} Name another, or off."]);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(2));
        if (app is not null)
            await app.StopAsync(patience.Token);
    }

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? default;
}
