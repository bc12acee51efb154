using Grid.Experiments.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Grid.Silo.Telemetry;

/// <summary>
/// Collects what this process tells and exports it, until disposed of. Exporting has threads of its own and bounded queues: an endpoint that is
/// away or slow loses what is told, and holds up nothing.
/// </summary>
public sealed class TelemetryProviders : IDisposable
{
    /// <summary>What an endpoint gets to take the last of it.</summary>
    private const int LastWordsMilliseconds = 2_000;

    private readonly TracerProvider? traces;

    private TelemetryProviders(TracerProvider? traces, MeterProvider? metrics) => (this.traces, MetricsProvider) = (traces, metrics);

    internal MeterProvider? MetricsProvider { get; }

    /// <param name="service">What this process is called: <c>grid-silo</c>.</param>
    /// <param name="instance">Which of them it is.</param>
    /// <param name="variable">Value of a variable of the environment.</param>
    /// <returns>Null where nothing is to be exported.</returns>
    public static TelemetryProviders? Start(TelemetrySettings settings, string service, string instance, Func<string, string?> variable)
    {
        if (settings is { Traces: false, AnyMetrics: false })
            return null;
        var resource = ResourceBuilder.CreateEmpty()
            .AddService(service, "grid", typeof(TelemetryProviders).Assembly.GetName().Version?.ToString(3), serviceInstanceId: instance)
            // After ours, so that what the variables say wins.
            .AddTelemetrySdk().AddEnvironmentVariableDetector();
        return new(settings.Traces ? Traces(resource, variable) : null, settings.AnyMetrics ? Metrics(settings, resource) : null);
    }

    public void Dispose()
    {
        if (traces is not null)
            Tracing.Rate = null;
        traces?.Shutdown(LastWordsMilliseconds);
        MetricsProvider?.Shutdown(LastWordsMilliseconds);
        traces?.Dispose();
        MetricsProvider?.Dispose();
    }

    private static TracerProvider Traces(ResourceBuilder resource, Func<string, string?> variable)
    {
        (var sampler, Tracing.Rate) = TraceSampling.Of(variable);
        return Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(sampler)
            .AddSource(GridTelemetry.SourceName)
            .AddOtlpExporter()
            .Build();
    }

    private static MeterProvider Metrics(TelemetrySettings settings, ResourceBuilder resource)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(GridTelemetry.MeterName, RuntimeMeters.Orleans, RuntimeMeters.Runtime)
            .AddView(instrument => RuntimeMeters.IsOfUse(instrument) ? null : MetricStreamConfiguration.Drop);
        if (settings.Metrics)
            builder.AddOtlpExporter();
        if (settings.Prometheus is not null)
            builder.AddPrometheusExporter();
        return builder.Build();
    }
}
