namespace Grid.Experiments.Store;

/// <summary>The store of a cluster: its experiments in PostgreSQL, its models there too or in a folder that all share.</summary>
/// <param name="Experiments">To be disposed of.</param>
public sealed record ClusterStore(IExperimentStore Experiments, IArtifactStore Artifacts)
{
    /// <summary>Opens it, and brings an older schema up to date: what silos do. Silos of the older program must have stopped.</summary>
    /// <inheritdoc cref="OpenExisting" path="/param"/>
    /// <exception cref="StoreException">It cannot be reached, or was written by a newer program.</exception>
    public static ClusterStore Open(string connection, string? artifactsFolder, HomeFolder local) =>
        new(PostgresExperimentStore.Open(connection), ArtifactsOf(connection, artifactsFolder, local));

    /// <summary>Opens a store that silos have made, and leaves its schema alone: what clients do.</summary>
    /// <param name="connection">Connection string of PostgreSQL.</param>
    /// <param name="artifactsFolder">The folder of models that all share; null when PostgreSQL keeps them.</param>
    /// <param name="local">Where copies of models lie on this machine.</param>
    /// <exception cref="StoreException">It cannot be reached, is not there yet, or was written by an older or newer program.</exception>
    public static ClusterStore OpenExisting(string connection, string? artifactsFolder, HomeFolder local) =>
        new(PostgresExperimentStore.OpenExisting(connection), ArtifactsOf(connection, artifactsFolder, local));

    private static IArtifactStore ArtifactsOf(string connection, string? artifactsFolder, HomeFolder local) =>
        artifactsFolder is not null ? FileArtifactStore.Open(artifactsFolder) : ClusterArtifactStore.Open(connection, local.ArtifactsFolder);
}
