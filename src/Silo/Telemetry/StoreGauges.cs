using System.Diagnostics.Metrics;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Silo.Telemetry;

/// <summary>
/// What stands in the store, as gauges: it is there whichever silo dies. Every control silo tells the same. While the store cannot be read, they
/// tell nothing: what is not known is not 0.
/// </summary>
internal sealed class StoreGauges : IHostedService, IAsyncDisposable
{
    /// <summary>Sweeps name pools, so there is no telling how many there are.</summary>
    private const int MostPools = 50;

    private readonly IExperimentStore store;
    private readonly GridMeter meter;
    private readonly GaugeReading ofQueues;
    // By itself: to count stages takes reading all of them, and is done less often where there are many.
    private readonly GaugeReading ofStages;

    private volatile IReadOnlyList<QueueCount> queues = [];
    private volatile IReadOnlyList<StageCount> stages = [];
    private volatile IReadOnlyList<ExperimentCount> sweeps = [];

    public StoreGauges(IExperimentStore store, GridMeter meter, GaugeReadings readings, ILogger<StoreGauges> logger)
    {
        (this.store, this.meter) = (store, meter);
        ofQueues = readings.Add(ReadQueues, () => (queues, sweeps) = ([], []), logger);
        ofStages = readings.Add(CountStages, () => stages = [], logger);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Observe(Instruments.Pending, ofQueues, () => queues.Select(q => GridMeter.Value(q.Pending, (Attributes.Pool, q.Pool))));
        Observe(Instruments.Leased, ofQueues, () => queues.Select(q => GridMeter.Value(q.Leased, (Attributes.Pool, q.Pool))));
        // A pool in which nothing waits has waited for nothing.
        Observe(Instruments.OldestAge, ofQueues, () => queues.Select(q => GridMeter.Value(q.Oldest?.TotalSeconds ?? 0, (Attributes.Pool, q.Pool))));
        Observe(Instruments.StoredSweeps, ofQueues, () => sweeps.Select(s => GridMeter.Value(s.Count, (Attributes.Status, Words.Of(s.Status)))));
        Observe(Instruments.StoredStages, ofStages, StoredStages);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await ofQueues.DisposeAsync();
        await ofStages.DisposeAsync();
    }

    private void Observe<T>(InstrumentDefinition gauge, GaugeReading reading, Func<IEnumerable<Measurement<T>>> values) where T : struct =>
        meter.Observe(gauge, () =>
        {
            reading.Look();
            return values();
        });

    private IEnumerable<Measurement<long>> StoredStages() => stages.Select(s => GridMeter.Value(
        s.Count, (Attributes.StageKind, Words.Of(s.Kind)), (Attributes.Status, Words.Of(s.Status))));

    private async Task ReadQueues(CancellationToken cancellation)
    {
        queues = [.. (await store.ListQueues().WaitAsync(cancellation)).Take(MostPools)];
        sweeps = await store.CountExperiments().WaitAsync(cancellation);
    }

    private async Task CountStages(CancellationToken cancellation) => stages = await store.CountStages().WaitAsync(cancellation);
}
