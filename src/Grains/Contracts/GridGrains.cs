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

    // The aliases of the interfaces, which are their names among silos. To have Orleans look them up reads attributes at every call.
    internal const string ClusterAlias = "grid.cluster";
    internal const string ExperimentAlias = "grid.experiment";
    internal const string PoolAlias = "grid.pool";
    internal const string ShardAlias = "grid.stage-shard";

    private static readonly GrainInterfaceType cluster = GrainInterfaceType.Create(ClusterAlias);
    private static readonly GrainInterfaceType experiment = GrainInterfaceType.Create(ExperimentAlias);
    private static readonly GrainInterfaceType pool = GrainInterfaceType.Create(PoolAlias);
    private static readonly GrainInterfaceType shard = GrainInterfaceType.Create(ShardAlias);

    /// <summary>Of a stage's key, in hexadecimal: 256 shards are spread well over any number of silos, and are few for the cluster's directory.</summary>
    private const int ShardDigits = 2;

    private const string TheCluster = "cluster";

    public static IClusterGrain Cluster(this IGrainFactory grains) => (IClusterGrain)grains.GetGrain(GrainId.Create(ClusterType, TheCluster), cluster);

    public static IExperimentGrain Experiment(this IGrainFactory grains, string id) =>
        (IExperimentGrain)grains.GetGrain(GrainId.Create(ExperimentType, id), experiment);

    /// <param name="name">See <see cref="Grid.Experiments.Stages.PoolNames"/>.</param>
    public static IPoolGrain Pool(this IGrainFactory grains, string name) => (IPoolGrain)grains.GetGrain(GrainId.Create(PoolType, name), pool);

    /// <summary>The shard that a stage is in.</summary>
    /// <param name="key">Of the stage.</param>
    public static IStageShardGrain ShardOf(this IGrainFactory grains, string key) =>
        (IStageShardGrain)grains.GetGrain(GrainId.Create(StageType, key[..ShardDigits]), shard);
}
