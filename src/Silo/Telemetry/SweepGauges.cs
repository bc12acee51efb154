using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains.Experiments;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Silo.Telemetry;

/// <summary>
/// The sweeps whose grains run in this process, as gauges. Only they have any, so there are no more series than sweeps that run at once. The
/// hypervolume is computed beside the grains, from what their events tell of.
/// </summary>
internal sealed partial class SweepGauges : IHostedService, IAsyncDisposable
{
    private const int MostSweeps = 100;

    private readonly IExperimentStore store;
    private readonly RunningSweeps running;
    private readonly GridMeter meter;
    private readonly ILogger<SweepGauges> logger;
    private readonly GaugeReading computing;
    private readonly ConcurrentDictionary<string, SweepVolume> volumes = [];

    public SweepGauges(IExperimentStore store, RunningSweeps running, GridMeter meter, GaugeReadings readings, ILogger<SweepGauges> logger)
    {
        (this.store, this.running, this.meter, this.logger) = (store, running, meter, logger);
        computing = readings.Add(Compute, () => { }, logger);
    }

    private IEnumerable<HostedSweep> Sweeps => running.All.OrderBy(s => s.Id, StringComparer.Ordinal).Take(MostSweeps);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter.Observe(Instruments.SweepTrials, Trials);
        meter.Observe(Instruments.Reuse, Reuse);
        meter.Observe(Instruments.Hypervolume, Hypervolume);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => computing.DisposeAsync();

    private async Task Compute(CancellationToken cancellation)
    {
        var sweeps = Sweeps.ToList();
        foreach (var ended in volumes.Keys.Except(sweeps.Select(s => s.Id)))
            volumes.TryRemove(ended, out _);
        foreach (var (id, run, _) in sweeps)
            try
            {
                // Begun again it may be another sweep of the same name, or an extended one.
                if (!volumes.TryGetValue(id, out var volume) || volume.Run != run)
                {
                    if (await SweepVolume.Find(store, id, run).WaitAsync(cancellation) is not { } found)
                        continue;
                    volumes[id] = volume = found;
                }
                await volume.Read().WaitAsync(cancellation);
            }
            catch (Exception e) when (e is StoreException or JsonException)
            {
                // What was found last still holds; the next look tries again.
                ComputeFailed(logger, id, e.Message);
            }
    }

    private IEnumerable<Measurement<long>> Trials() => Sweeps.SelectMany(s => new[]
    {
        GridMeter.Value((long)s.Counts.Succeeded, (Attributes.Sweep, s.Id), (Attributes.Outcome, "succeeded")),
        GridMeter.Value((long)s.Counts.Failed, (Attributes.Sweep, s.Id), (Attributes.Outcome, "failed")),
    });

    private IEnumerable<Measurement<double>> Reuse() => Sweeps.Where(s => s.Counts.Computed + s.Counts.Reused > 0).Select(s =>
        GridMeter.Value((double)s.Counts.Reused / (s.Counts.Computed + s.Counts.Reused), (Attributes.Sweep, s.Id)));

    private IEnumerable<Measurement<double>> Hypervolume()
    {
        computing.Look();
        return Sweeps.Select(s => (s.Id, Volume: volumes.GetValueOrDefault(s.Id)?.Value)).Where(s => s.Volume is not null)
            .Select(s => GridMeter.Value(s.Volume!.Value, (Attributes.Sweep, s.Id)));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The hypervolume of {Id} could not be computed; trying again: {Reason}")]
    private static partial void ComputeFailed(ILogger logger, string id, string reason);
}
