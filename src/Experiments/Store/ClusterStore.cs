namespace Grid.Experiments.Store;

/// <summary>The store of a cluster: its experiments in PostgreSQL, its models there too or in a folder that all share.</summary>
/// <param name="Experiments">To be disposed of.</param>
public sealed record ClusterStore(IExperimentStore Experiments, IArtifactStore Artifacts)
{
    /// <summary>Opens it, and brings an older schema up to date.</summary>
    /// <param name="connection">Connection string of PostgreSQL.</param>
    /// <param name="artifactsFolder">The folder of models that all share.</param>
    /// <exception cref="StoreException">It cannot be reached, or was written by a newer program.</exception>
    public static ClusterStore Open(string connection, string artifactsFolder) =>
        new(PostgresExperimentStore.Open(connection), FileArtifactStore.Open(artifactsFolder));
}
