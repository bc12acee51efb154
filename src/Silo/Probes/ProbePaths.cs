namespace Grid.Silo.Probes;

/// <summary>Where a silo answers how it is, with 200 for yes and 503 for no.</summary>
public static class ProbePaths
{
    /// <summary>Whether it has joined the cluster.</summary>
    public const string Startup = "/health/startup";

    /// <summary>Whether it works: joined, not stopping, and its store was reached of late.</summary>
    public const string Ready = "/health/ready";

    /// <summary>Whether it gets on: its own scheduler answers. Asks neither a grain nor the store, whose failures a restart would not mend.</summary>
    public const string Live = "/health/live";
}
