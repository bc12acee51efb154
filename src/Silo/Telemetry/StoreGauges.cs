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
internal sealed partial class StoreGauges(IExperimentStore store, GridMeter meter, TimeProvider time, ILogger<StoreGauges> logger) : BackgroundService
{
    /// <summary>Sweeps name pools, so there is no telling how many there are.</summary>
    private const int MostPools = 50;

    private volatile IReadOnlyList<QueueCount> queues = [];
    private volatile IReadOnlyList<StageCount> stages = [];
    private volatile IReadOnlyList<ExperimentCount> sweeps = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meter.Observe(Instruments.Pending, () => queues.Select(q => GridMeter.Value(q.Pending, (Attributes.Pool, q.Pool))));
        meter.Observe(Instruments.Leased, () => queues.Select(q => GridMeter.Value(q.Leased, (Attributes.Pool, q.Pool))));
        // A pool in which nothing waits has waited for nothing.
        meter.Observe(Instruments.OldestAge, () => queues.Select(q => GridMeter.Value(q.Oldest?.TotalSeconds ?? 0, (Attributes.Pool, q.Pool))));
        meter.Observe(Instruments.StoredSweeps, () => sweeps.Select(s => GridMeter.Value(s.Count, (Attributes.Status, Words.Of(s.Status)))));
        meter.Observe(Instruments.StoredStages, StoredStages);
        // That takes reading all of them: where there are many it is done less often.
        return Task.WhenAll(GaugePace.Keep(Look, time, stoppingToken), GaugePace.Keep(CountStages, time, stoppingToken));
    }

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
