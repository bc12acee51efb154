namespace Grid.Grains.Contracts;

/// <summary>
/// The grains by name. A worker hosts none of them and may not know yet, or no longer, that any silo does: a reference made this way
/// needs no such knowledge, and a call fails as any call that nobody answers.
/// </summary>
public static class GridGrains
{
    internal const string ClusterType = "grid-cluster";
    internal const string ExperimentType = "grid-experiment";
    internal const string PoolType = "grid-pool";
    internal const string StageType = "grid-stages";

    /// <summary>Of a stage's key, in hexadecimal: 256 shards are spread well over any number of silos, and are few for the cluster's directory.</summary>
    private const int ShardDigits = 2;

    private const string TheCluster = "cluster";

    public static IClusterGrain Cluster(this IGrainFactory grains) => grains.GetGrain<IClusterGrain>(GrainId.Create(ClusterType, TheCluster));

    public static IExperimentGrain Experiment(this IGrainFactory grains, string id) => grains.GetGrain<IExperimentGrain>(GrainId.Create(ExperimentType, id));

    /// <param name="name">See <see cref="Grid.Experiments.Stages.PoolNames"/>.</param>
    public static IPoolGrain Pool(this IGrainFactory grains, string name) => grains.GetGrain<IPoolGrain>(GrainId.Create(PoolType, name));

    /// <summary>The shard that a stage is in.</summary>
    /// <param name="key">Of the stage.</param>
    public static IStageShardGrain ShardOf(this IGrainFactory grains, string key) =>
        grains.GetGrain<IStageShardGrain>(GrainId.Create(StageType, key[..ShardDigits]));
}
