using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains;
using Grid.Grains.Contracts;
using Grid.Silo.Runners;
using Microsoft.Extensions.Logging;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Silo.Slots;

/// <summary>Carries out one lease: the files in, the stage, the model into the artifact store, the end to the memo of stages.</summary>
/// <param name="checkpointEvery">Least time between two checkpoints of a training.</param>
internal sealed class StageWork(IGrainFactory grains, IArtifactStore artifacts, TimeSpan checkpointEvery, GridMeter meter, TimeProvider time, ILogger logger)
{
    private readonly Patience patience = new(time);

    /// <summary>Runs the stage and answers its report; nothing is recorded yet.</summary>
    /// <exception cref="OperationCanceledException">The silo stops, or nobody waits any more.</exception>
    public async Task<(StageReport Report, string OutputPath)> Execute(HeldLease lease, IStageExecutor executor, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Abandoned);
        either.Token.ThrowIfCancellationRequested();
        var request = lease.Stage.Request;
        var output = artifacts.NewTemporaryPath();
        lease.Report(0, "begins");
        string? input, reference, checkpoint;
        try
        {
            using var span = Tracing.Part(Spans.Fetch);
            input = await Fetch(request.Input, either.Token);
            reference = await Fetch(request.Reference, either.Token);
            // One that is gone is as none: the stage begins anew.
            checkpoint = await Fetch(lease.Stage.Checkpoint, either.Token);
        }
        catch (StoreException e)
        {
            return (NotDone(StageOutcome.NoSpace, e.Message), output);
        }
        if ((Missing(request.Input, input) ?? Missing(request.Reference, reference)) is { } missing)
            return (missing, output);
        var order = Order(request, input, reference, output) with { Trace = lease.Span is { Recorded: true } traced ? traced.Id : null };
        var observer = new StageObserver(lease.Report) { RunnerEnded = meter.RunnerEnded };
        if (request.Spec.Kind is StageKind.Train or StageKind.FineTune)
        {
            order = order with { CheckpointPath = checkpoint, CheckpointSeconds = checkpointEvery.TotalSeconds };
            lease.Checkpoints = new CheckpointKeeper(lease.Stage, output, Shard(lease), artifacts, logger);
            observer = observer with { Checkpoint = lease.Checkpoints.Saved };
        }
        return (await executor.Execute(order, request.TimeLimit, observer, either.Token), output);
    }

    /// <summary>Records the end of an attempt, whatever it was. Goes on trying while silos or the store are away.</summary>
    /// <exception cref="OperationCanceledException">It was not recorded before the silo had to stop.</exception>
    public async Task Record(HeldLease lease, StageReport report, string output, CancellationToken giveUp)
    {
        using var span = Tracing.Part(Spans.Record);
        var request = lease.Stage.Request;
        await Saved(lease, giveUp);
        string? artifact = null;
        if (report.Outcome == StageOutcome.Done)
            try
            {
                artifact = request.Spec.Kind is StageKind.Measure or StageKind.Test
                    ? request.Input
                    : await patience.Try(() => artifacts.Adopt(output), giveUp);
            }
            catch (StoreException e)
            {
                report = report with { Outcome = StageOutcome.NoSpace, Error = e.Message };
            }
        if (artifact is null)
            File.Delete(output);
        var end = new AttemptEnd(lease.Stage.Key, lease.Stage.Attempt, report, artifact, request.Pool, span?.Id);
        var answer = await patience.Try(() => Shard(lease).Complete(end), giveUp);
        lease.Span?.Ended(answer == CompletionAnswer.Stale ? "fenced" : Words.Of(report.Outcome), report.Error);
        if (answer != CompletionAnswer.Stale)
        {
            meter.StageEnded(request.Spec.Kind, report.Outcome, report.Seconds);
            if (report.Result.Cost is { Meter: { } counter, Energy: { Value: { } joules } energy })
                meter.EnergyTaken(joules, counter, energy.Provenance);
        }
        if (lease.Checkpoints is { } checkpoints && answer != CompletionAnswer.Stale && report.Outcome is StageOutcome.Done or StageOutcome.Failed)
            await patience.Try(checkpoints.Forget, giveUp);
    }

    /// <summary>Gives a lease back, for another to take.</summary>
    public async Task Release(HeldLease lease, CancellationToken giveUp)
    {
        lease.Span?.Ended("released");
        await Saved(lease, giveUp);
        await patience.Try(() => Shard(lease).Release(lease.Stage.Key, lease.Stage.Attempt, lease.Stage.Request.Pool), giveUp);
    }

    private static Task Saved(HeldLease lease, CancellationToken giveUp) => lease.Checkpoints?.Finish().WaitAsync(giveUp) ?? Task.CompletedTask;

    private async Task<string?> Fetch(string? sha256, CancellationToken cancellation) =>
        sha256 is null ? null : await patience.Try(() => artifacts.Fetch(sha256), cancellation);

    private static StageReport? Missing(string? sha256, string? path) => sha256 is null || path is not null
        ? null
        : NotDone(StageOutcome.DamagedInput, $"The model {sha256} is gone.", sha256);

    private static StageReport NotDone(StageOutcome outcome, string error, string? damaged = null) =>
        new(outcome, StageResult.Empty, 0, error, damaged);

    private static StageOrder Order(StageRequest request, string? input, string? reference, string output) => new()
    {
        Key = request.Spec.Key,
        Kind = request.Spec.Kind,
        Settings = request.Spec.Settings,
        Seed = request.Spec.Seed ?? 0,
        Data = request.Spec.Data,
        InputPath = input,
        InputSha256 = request.Input,
        ReferencePath = reference,
        ReferenceSha256 = request.Reference,
        OutputPath = output,
    };

    private IStageShardGrain Shard(HeldLease lease) => grains.ShardOf(lease.Stage.Key);
}
