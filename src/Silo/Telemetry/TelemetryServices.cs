using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains.Experiments;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Silo.Telemetry;

/// <summary>What a silo tells of itself.</summary>
internal static class TelemetryServices
{
    /// <summary>Adds the meter, and the store; where nobody looks, the store's calls are not timed, and nothing is read for gauges.</summary>
    /// <param name="control">Whether this silo hosts grains.</param>
    public static void AddGridTelemetry(this IServiceCollection services, TelemetrySettings telemetry, IExperimentStore store, bool control)
    {
        services.AddMetrics();
        services.AddSingleton<GridMeter>();
        services.AddSingleton<RunningSweeps>();
        services.AddSingleton<GaugeReadings>();
        services.AddSingleton(store);
        if (telemetry.Traces || telemetry.AnyMetrics)
            services.AddHostedService<StoreTiming>();
        if (!telemetry.AnyMetrics || !control)
            return;
        services.AddHostedService<StoreGauges>();
        services.AddHostedService<SweepGauges>();
    }
}
