using System.Diagnostics.Metrics;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Silo.Telemetry;

/// <summary>
/// What stands in the store, as gauges: it is there whichever silo dies. Every control silo tells the same. While the store cannot be read, they
/// tell nothing: what is not known is not 0.
/// </summary>
internal sealed partial class StoreGauges : IHostedService, IAsyncDisposable
{
    /// <summary>Sweeps name pools, so there is no telling how many there are.</summary>
    private const int MostPools = 50;

    private readonly IExperimentStore store;
    private readonly GridMeter meter;
    private readonly ILogger<StoreGauges> logger;
    private readonly GaugeReading looking;
    // That takes reading all of them: where there are many it is done less often.
    private readonly GaugeReading counting;

    private volatile IReadOnlyList<QueueCount> queues = [];
    private volatile IReadOnlyList<StageCount> stages = [];
    private volatile IReadOnlyList<ExperimentCount> sweeps = [];

    public StoreGauges(IExperimentStore store, GridMeter meter, TimeProvider time, ILogger<StoreGauges> logger)
    {
        (this.store, this.meter, this.logger) = (store, meter, logger);
        looking = new GaugeReading(Look, time);
        counting = new GaugeReading(CountStages, time);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Observe(Instruments.Pending, looking, () => queues.Select(q => GridMeter.Value(q.Pending, (Attributes.Pool, q.Pool))));
        Observe(Instruments.Leased, looking, () => queues.Select(q => GridMeter.Value(q.Leased, (Attributes.Pool, q.Pool))));
        // A pool in which nothing waits has waited for nothing.
        Observe(Instruments.OldestAge, looking, () => queues.Select(q => GridMeter.Value(q.Oldest?.TotalSeconds ?? 0, (Attributes.Pool, q.Pool))));
        Observe(Instruments.StoredSweeps, looking, () => sweeps.Select(s => GridMeter.Value(s.Count, (Attributes.Status, Words.Of(s.Status)))));
        Observe(Instruments.StoredStages, counting, StoredStages);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await looking.DisposeAsync();
        await counting.DisposeAsync();
    }

    private void Observe<T>(InstrumentDefinition gauge, GaugeReading reading, Func<IEnumerable<Measurement<T>>> values) where T : struct =>
        meter.Observe(gauge, () =>
        {
            reading.Look();
            return values();
        });

    private IEnumerable<Measurement<long>> StoredStages() => stages.Select(s => GridMeter.Value(
        s.Count, (Attributes.StageKind, Words.Of(s.Kind)), (Attributes.Status, Words.Of(s.Status))));

    private async Task Look(CancellationToken cancellation)
    {
        try
        {
            queues = [.. (await store.ListQueues().WaitAsync(cancellation)).Take(MostPools)];
            sweeps = await store.CountExperiments().WaitAsync(cancellation);
        }
        catch (StoreException e)
        {
            (queues, sweeps) = ([], []);
            LookFailed(logger, Reason(e));
        }
    }

    private async Task CountStages(CancellationToken cancellation)
    {
        try
        {
            stages = await store.CountStages().WaitAsync(cancellation);
        }
        catch (StoreException e)
        {
            stages = [];
            LookFailed(logger, Reason(e));
        }
    }

    private static string Reason(StoreException error) => Patience.IsPassing(error) ? error.Message : error.ToString();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading the store for its gauges failed; trying again: {Reason}")]
    private static partial void LookFailed(ILogger logger, string reason);
}
