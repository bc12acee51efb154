using Grid.Experiments.Stages;
using Grid.Experiments.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Grid.Runner.Telemetry;

/// <summary>
/// Exports this runner's spans by OTLP, from a thread of its own that nothing waits for: about once a second, and never while a model is
/// measured, which it would disturb. What an endpoint does not take in time is dropped.
/// </summary>
internal sealed class RunnerTraces : IDisposable
{
    private const int FlushMilliseconds = 5_000;
    private const int LastFlushMilliseconds = 1_500;
    private static readonly TimeSpan every = TimeSpan.FromSeconds(1);

    private readonly TracerProvider provider;
    private readonly ITimer timer;
    private volatile bool measuring;
    private volatile bool news;
    private int flushing;

    private RunnerTraces()
    {
        provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty()
                .AddService(
                    "grid-runner", "grid", typeof(RunnerTraces).Assembly.GetName().Version?.ToString(3),
                    serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}")
                .AddTelemetrySdk().AddEnvironmentVariableDetector())
            .AddSource(GridTelemetry.SourceName)
            // It would choose its own time.
            .AddOtlpExporter(options => options.BatchExportProcessorOptions.ScheduledDelayMilliseconds = int.MaxValue)
            .Build();
        timer = TimeProvider.System.CreateTimer(_ => Flush(), null, every, every);
    }

    /// <summary>Null where the environment names no endpoint.</summary>
    public static RunnerTraces? FromEnvironment() => OtelVariables.ExportTraces(Environment.GetEnvironmentVariable) ? new() : null;

    /// <summary>Carries out an order, and knows by it when to be quiet.</summary>
    public StageResult Watch(StageOrder order, Func<StageResult> carryOut)
    {
        measuring = order.Kind == StageKind.Measure;
        try
        {
            return carryOut();
        }
        finally
        {
            measuring = false;
            news = true;
        }
    }

    /// <summary>Exports what is left, for a moment.</summary>
    public void Dispose()
    {
        timer.Dispose();
        provider.Shutdown(LastFlushMilliseconds);
        provider.Dispose();
    }

    private void Flush()
    {
        if (measuring || !news || Interlocked.Exchange(ref flushing, 1) == 1)
            return;
        news = false;
        provider.ForceFlush(FlushMilliseconds);
        Volatile.Write(ref flushing, 0);
    }
}
