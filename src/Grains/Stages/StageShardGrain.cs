using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains.Contracts;
using Orleans.Concurrency;

namespace Grid.Grains.Stages;

/// <summary>
/// Many stages in one grain, since a grain for each would be made, entered in the cluster's directory and taken out of it again for the sake of
/// two calls. Calls about different stages interleave; those about one come one after the other.
/// </summary>
[GrainType(GridGrains.StageType), Reentrant, KeepAlive]
internal sealed class StageShardGrain(IExperimentStore store, IArtifactStore artifacts, GridMeter meter) : Grain, IStageShardGrain
{
    private readonly Dictionary<string, Entry> stages = [];

    public Task<StageEnd?> Ensure(StageRequest request) => In(request.Spec.Key, stage => stage.Ensure(request));

    public Task Forget(string key, string experiment) => In(key, stage => stage.Forget(experiment));

    public Task<bool> Hold(StageRequest request) => In(request.Spec.Key, stage => stage.Hold(request));

    public Task<CompletionAnswer> Complete(AttemptEnd end) => In(end.Key, stage => stage.Complete(end));

    public Task<bool> Checkpoint(string key, int attempt, string artifact) => In(key, stage => stage.Checkpoint(attempt, artifact));

    public Task Release(string key, int attempt, string pool) => In(key, stage => stage.Release(attempt, pool));

    public Task Invalidate(string key, string artifact) => In(key, stage => stage.Invalidate(artifact));

    private Task<bool> In(string key, Func<StageMemo, Task> call) => In(key, async stage =>
    {
        await call(stage);
        return true;
    });

    private async Task<T> In<T>(string key, Func<StageMemo, Task<T>> call)
    {
        if (!key.StartsWith(this.GetPrimaryKeyString(), StringComparison.Ordinal))
            throw new ArgumentException($"The stage {key} is in another shard than {this.GetPrimaryKeyString()}.", nameof(key));
        if (!stages.TryGetValue(key, out var entry))
            stages[key] = entry = new Entry(new StageMemo(key, store, artifacts, GrainFactory, meter, (rest, then) => After(rest, key, then)));
        entry.Calls++;
        await entry.Turn.WaitAsync();
        try
        {
            return await call(entry.Stage);
        }
        finally
        {
            entry.Turn.Release();
            if (--entry.Calls == 0 && entry.Stage.IsIdle)
                stages.Remove(key);
        }
    }

    private void After(TimeSpan rest, string key, Func<StageMemo, Task> then)
    {
        IGrainTimer? timer = null;
        timer = this.RegisterGrainTimer(
            () =>
            {
                timer!.Dispose();
                return In(key, then);
            },
            new GrainTimerCreationOptions(rest, Timeout.InfiniteTimeSpan) { KeepAlive = true, Interleave = true });
    }

    private sealed class Entry(StageMemo stage)
    {
        public StageMemo Stage { get; } = stage;

        public SemaphoreSlim Turn { get; } = new(1);

        /// <summary>That are at it, or wait for their turn.</summary>
        public int Calls { get; set; }
    }
}
