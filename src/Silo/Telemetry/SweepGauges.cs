using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Grid.Experiments.Results;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Telemetry;
using Grid.Grains.Experiments;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Silo.Telemetry;

/// <summary>
/// The sweeps whose grains run in this process, as gauges. Only they have any, so there are no more series than sweeps that run at once. The
/// hypervolume is computed beside the grains, when trials have succeeded since, see <see cref="GaugePace"/>.
/// </summary>
internal sealed partial class SweepGauges(
    IExperimentStore store, RunningSweeps running, GridMeter meter, TimeProvider time, ILogger<SweepGauges> logger) : BackgroundService
{
    private const int MostSweeps = 100;

    private readonly ConcurrentDictionary<string, (int Succeeded, double? Volume)> volumes = [];

    private IEnumerable<(string Id, SweepCounts Counts)> Sweeps => running.All.OrderBy(s => s.Id, StringComparer.Ordinal).Take(MostSweeps);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meter.Observe(Instruments.SweepTrials, Trials);
        meter.Observe(Instruments.Reuse, Reuse);
        meter.Observe(Instruments.Hypervolume, Hypervolume);
        try
        {
            while (true)
            {
                var begun = time.GetTimestamp();
                await Compute(stoppingToken);
                await Task.Delay(GaugePace.RestAfter(time.GetElapsedTime(begun)), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task Compute(CancellationToken cancellation)
    {
        var sweeps = Sweeps.ToList();
        foreach (var ended in volumes.Keys.Except(sweeps.Select(s => s.Id)))
            volumes.TryRemove(ended, out _);
        foreach (var (id, counts) in sweeps.Where(s => s.Counts.Succeeded > 0 && (!volumes.TryGetValue(s.Id, out var known) || known.Succeeded != s.Counts.Succeeded)))
            try
            {
                if (await store.FindExperiment(id).WaitAsync(cancellation) is not { } row)
                    continue;
                var sweep = SweepJson.Read(row.Sweep);
                volumes[id] = (counts.Succeeded, (await FrontierScan.Of(store, id, sweep, sweep.Devices[0]).WaitAsync(cancellation)).Hypervolume);
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

    private IEnumerable<Measurement<double>> Hypervolume() => Sweeps
        .Select(s => (s.Id, volumes.GetValueOrDefault(s.Id).Volume)).Where(s => s.Volume is not null)
        .Select(s => GridMeter.Value(s.Volume!.Value, (Attributes.Sweep, s.Id)));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The hypervolume of {Id} could not be computed; trying again: {Reason}")]
    private static partial void ComputeFailed(ILogger logger, string id, string reason);
}
