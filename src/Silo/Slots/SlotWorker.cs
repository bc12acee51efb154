using System.Collections.Concurrent;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains.Contracts;
using Grid.Silo.Runners;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Silo.Slots;

/// <summary>
/// The hands of a silo: its slots take leases from the pools, one runner each, and never compute while something is measured. Ends are
/// recorded in the background, so that a slot need not wait for the store. Told to stop, it begins nothing more, lets what runs end within
/// the drain time, kills what has not, and gives every other lease back.
/// </summary>
internal sealed partial class SlotWorker(
    IGrainFactory grains, IArtifactStore artifacts, SlotOptions options, HeldLeases held, DrainSwitch drain, ILocalSiloDetails silo, GridMeter meter,
    TimeProvider time, ILogger<SlotWorker> logger) : BackgroundService
{
    /// <summary>Measurements at hand, so that the machine is not left to computing between one and the next.</summary>
    private const int MeasurementsAhead = 4;

    /// <summary>What recording the last ends may take after the drain time.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    private readonly StageWork work = new(grains, artifacts, options.CheckpointEvery, meter, time, logger);
    private readonly MachinePhases phases = new(options.ComputingPhase, time);
    private readonly ConcurrentDictionary<Task, bool> recording = [];
    private readonly string holder = HolderName.Of(silo.Name, silo.SiloAddress.ToParsableString());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var kill = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var stopBeating = new CancellationTokenSource();
        await using var stopping = stoppingToken.Register(() =>
        {
            kill.CancelAfter(options.DrainTime);
            giveUp.CancelAfter(options.DrainTime + LastWords);
        });
        var limits = new Limits(stoppingToken, kill.Token, giveUp.Token);
        var buffers = new List<LeaseBuffer>();
        var loops = new List<Task>();
        if (options.TrainPool is { } train)
        {
            var computing = Buffer(train, options.Slots, 0);
            loops.AddRange(Enumerable.Range(0, options.Slots).Select(_ => Compute(computing, limits)));
        }
        if (options.MeasurePool is { } measure)
            loops.Add(Measure(Buffer(measure, 1, MeasurementsAhead), limits));

        meter.CountFromZero();
        meter.Observe(Instruments.Slots, () => buffers.Select(b => GridMeter.Value(b.Slots, (Attributes.Pool, b.Pool))));
        meter.Observe(Instruments.SlotsUsed, () => buffers.Select(b => GridMeter.Value(b.Busy, (Attributes.Pool, b.Pool))));
        var beats = Task.WhenAll(buffers.Select(b => b.KeepAlive(stopBeating.Token)));
        await Task.WhenAll([.. loops, .. buffers.Select(b => b.Fetch(stoppingToken))]);
        await Task.WhenAll(buffers.Select(b => b.ReleaseWaiting()));
        await Task.WhenAll(recording.Keys);
        await stopBeating.CancelAsync();
        await beats;

        LeaseBuffer Buffer(string pool, int slots, int leastAhead)
        {
            LeaseBuffer? buffer = null;
            buffer = new LeaseBuffer(
                pool, grains.Pool(pool), holder, slots, leastAhead, lease => GiveBack(lease, buffer!, giveUp.Token), held, drain, time, logger);
            buffers.Add(buffer);
            return buffer;
        }
    }

    private async Task Compute(LeaseBuffer leases, Limits limits)
    {
        await using var executor = options.Executor();
        try
        {
            while (true)
            {
                var lease = await leases.Take(limits.Stopping);
                using var turn = await Turn(phases.Compute, lease, leases, limits);
                if (turn is not null)
                    await CarryOut(lease, leases, executor, limits);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task Measure(LeaseBuffer leases, Limits limits)
    {
        await using var executor = options.Executor();
        try
        {
            while (true)
            {
                var lease = await leases.Take(limits.Stopping);
                using var turn = await Turn(phases.Measure, lease, leases, limits);
                if (turn is null)
                    continue;
                var begun = time.GetTimestamp();
                do
                    await CarryOut(lease, leases, executor, limits);
                while (!limits.Stopping.IsCancellationRequested
                    && (!phases.ComputersWait || time.GetElapsedTime(begun) < options.ComputingPhase) && leases.TryTake(out lease));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    /// <summary>Waits until it may work on the lease; null when nobody wants that any more.</summary>
    private async Task<IDisposable?> Turn(
        Func<CancellationToken, Task<IDisposable>> phase, HeldLease lease, LeaseBuffer leases, Limits limits)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limits.Stopping, lease.Abandoned);
        try
        {
            return await phase(either.Token);
        }
        catch (OperationCanceledException)
        {
            InBackground(GiveBack(lease, leases, limits.GiveUp));
            limits.Stopping.ThrowIfCancellationRequested();
            leases.Passed();
            return null;
        }
    }

    private async Task CarryOut(HeldLease lease, LeaseBuffer leases, IStageExecutor executor, Limits limits)
    {
        lease.Span = AttemptSpan.Begin(lease.Stage, silo.Name);
        var begun = time.GetTimestamp();
        try
        {
            var (report, output) = await work.Execute(lease, executor, limits.Kill);
            InBackground(Finish(lease, leases, () => work.Record(lease, report, output, limits.GiveUp)));
        }
        catch (OperationCanceledException)
        {
            InBackground(GiveBack(lease, leases, limits.GiveUp));
            limits.Kill.ThrowIfCancellationRequested();
        }
        finally
        {
            leases.Worked(time.GetElapsedTime(begun).TotalSeconds);
        }
    }

    private Task GiveBack(HeldLease lease, LeaseBuffer leases, CancellationToken giveUp) => Finish(lease, leases, () => work.Release(lease, giveUp));

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

    /// <param name="Stopping">Begin nothing more.</param>
    /// <param name="Kill">End what runs.</param>
    /// <param name="GiveUp">Record nothing more: the lease runs out by itself.</param>
    private sealed record Limits(CancellationToken Stopping, CancellationToken Kill, CancellationToken GiveUp);

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of stage {Key} could not be recorded")]
    private static partial void RecordingFailed(ILogger logger, string key, Exception e);
}
