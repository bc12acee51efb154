using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;

namespace Grid.Grains.Experiments;

/// <summary>What a run asks about its stages.</summary>
internal sealed class StageCalls(ExperimentRow experiment, Sweep sweep, StageBook book, IGrainFactory grains, TimeProvider time)
{
    private readonly Patience patience = new(time);

    /// <summary>Asks for stages; answers how those ended that have, null for the others. Goes on asking while silos or the store are away.</summary>
    /// <exception cref="OperationCanceledException">The run stops.</exception>
    public Task<StageEnd?[]> Ensure(IReadOnlyList<StageEntry> entries, bool retry, CancellationToken stop) => Task.WhenAll(
        entries.Select(e => patience.Try(() => Shard(e).Ensure(Request(e, retry)), stop)));

    /// <summary>The run no longer waits for them.</summary>
    public Task Forget(IEnumerable<StageEntry> entries) => Task.WhenAll(entries.Select(e => Shard(e).Forget(e.Spec.Key, experiment.Id)));

    /// <summary>Lets nothing more begin; answers for each stage whether the run waits on because it has begun.</summary>
    /// <exception cref="OperationCanceledException">The run stops.</exception>
    public Task<bool[]> Hold(IReadOnlyList<StageEntry> entries, CancellationToken stop) => Task.WhenAll(
        entries.Select(e => patience.Try(() => Shard(e).Hold(Request(e, retry: false)), stop)));

    /// <param name="artifact">SHA-256 of the model that the stage made and that is damaged or gone.</param>
    public Task Invalidate(StageEntry entry, string artifact) => Shard(entry).Invalidate(entry.Spec.Key, artifact);

    private IStageShardGrain Shard(StageEntry entry) => grains.ShardOf(entry.Spec.Key);

    private StageRequest Request(StageEntry entry, bool retry) => new(
        entry.Spec,
        experiment.Id,
        sweep.StageTimeLimit,
        entry.Spec.Kind == StageKind.Source ? sweep.Model.Sha256 : book.Artifact(entry.Spec.Parent),
        book.Artifact(entry.Spec.Reference),
        retry,
        PoolNames.Of(entry.Spec, sweep.Accelerator),
        experiment.Trace);
}
