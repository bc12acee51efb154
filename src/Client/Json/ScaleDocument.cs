using Grid.Client.Kubernetes;

namespace Grid.Client.Json;

/// <summary>The answer of <c>scale</c>.</summary>
internal sealed record ScaleDocument(string Namespace, IReadOnlyList<PoolSizeDocument> Pools);

/// <param name="Replicas">How many silos there shall be.</param>
/// <param name="Before">What <paramref name="Replicas"/> was before this command; null unless the pool was named.</param>
/// <param name="Ready">How many of them take work.</param>
/// <param name="ScaledBy">What scales it by itself; null where nothing does.</param>
internal sealed record PoolSizeDocument(string Pool, string Deployment, int Replicas, int? Before, int Ready, string? ScaledBy)
{
    public static PoolSizeDocument Of(ScalablePool pool, int? before) => new(pool.Name, pool.Deployment, pool.Replicas, before, pool.Ready, pool.ScaledBy);
}
