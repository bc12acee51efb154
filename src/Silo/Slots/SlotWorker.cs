using System.Collections.Concurrent;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;
using Grid.Silo.Runners;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grid.Silo.Slots;

/// <summary>
/// The hands of a silo: its slots take leases from the pools, one runner each, and never compute while something is measured. Ends are
/// recorded in the background, so that a slot need not wait for the store. On shutdown runners are killed and leases given back.
/// </summary>
internal sealed partial class SlotWorker(
    IGrainFactory grains, IArtifactStore artifacts, SlotOptions options, TimeProvider time, ILogger<SlotWorker> logger) : BackgroundService
{
    /// <summary>Measurements at hand, so that the machine is not left to computing between one and the next.</summary>
    private const int MeasurementsAhead = 4;

    private readonly StageWork work = new(grains, artifacts);
    private readonly MachinePhases phases = new(options.ComputingPhase, time);
    private readonly ConcurrentDictionary<Task, bool> recording = [];
    private readonly string holder = $"{Environment.MachineName}:{Environment.ProcessId}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var computing = new LeaseBuffer(grains.GetGrain<IPoolGrain>(PoolNames.Compute), holder, options.Slots, 0, time, logger);
        var measuring = new LeaseBuffer(grains.GetGrain<IPoolGrain>(PoolNames.Measure), holder, 1, MeasurementsAhead, time, logger);
        Task[] loops =
        [
            computing.Run(stoppingToken),
            measuring.Run(stoppingToken),
            .. Enumerable.Range(0, options.Slots).Select(_ => Compute(computing, stoppingToken)),
            Measure(measuring, stoppingToken),
        ];
        await Task.WhenAll(loops);
        await Task.WhenAll(recording.Keys);
        await Task.WhenAll(computing.Release(work.Release), measuring.Release(work.Release));
    }

    private async Task Compute(LeaseBuffer leases, CancellationToken stopping)
    {
        await using var executor = options.Executor();
        try
        {
            while (true)
            {
                var lease = await leases.Take(stopping);
                using var turn = await phases.Compute(stopping);
                await CarryOut(lease, leases, executor, stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task Measure(LeaseBuffer leases, CancellationToken stopping)
    {
        await using var executor = options.Executor();
        try
        {
            while (true)
            {
                var lease = await leases.Take(stopping);
                using var turn = await phases.Measure(stopping);
                var begun = time.GetTimestamp();
                do
                    await CarryOut(lease, leases, executor, stopping);
                while ((!phases.ComputersWait || time.GetElapsedTime(begun) < options.ComputingPhase) && leases.TryTake(out lease));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task CarryOut(HeldLease lease, LeaseBuffer leases, IStageExecutor executor, CancellationToken stopping)
    {
        var begun = time.GetTimestamp();
        try
        {
            var (report, output) = await work.Execute(lease, executor, stopping);
            InBackground(Finish(lease, leases, () => work.Record(lease, report, output)));
        }
        catch (OperationCanceledException)
        {
            InBackground(Finish(lease, leases, () => work.Release(lease)));
            stopping.ThrowIfCancellationRequested();
        }
        finally
        {
            leases.Worked(time.GetElapsedTime(begun).TotalSeconds);
        }
    }

    private async Task Finish(HeldLease lease, LeaseBuffer leases, Func<Task> record)
    {
        try
        {
            await record();
        }
        catch (Exception e)
        {
            // The lease runs out or is ended at the next start: the stage is computed again, never counted twice.
            RecordingFailed(logger, lease.Stage.Key, e);
        }
        leases.Forget(lease);
    }

    private void InBackground(Task task)
    {
        recording[task] = true;
        _ = task.ContinueWith(done => recording.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of stage {Key} could not be recorded")]
    private static partial void RecordingFailed(ILogger logger, string key, Exception e);
}
