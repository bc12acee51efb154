using k8s.Models;

namespace Grid.Client.Kubernetes;

/// <summary>A pool of silos: a Deployment that says so by a label.</summary>
/// <param name="Name">Of the pool.</param>
/// <param name="Deployment">Its name.</param>
/// <param name="Replicas">How many silos there shall be.</param>
/// <param name="Ready">How many of them take work.</param>
/// <param name="ScaledBy">What scales it by itself; null where nothing does.</param>
internal sealed record ScalablePool(string Name, string Deployment, int Replicas, int Ready, string? ScaledBy)
{
    /// <summary>The label that names the pool.</summary>
    public const string Label = "grid.pool";

    /// <summary>The annotation that names what scales it.</summary>
    public const string ScaledByAnnotation = "grid.scaled-by";

    public static ScalablePool Of(V1Deployment deployment) => new(
        deployment.GetLabel(Label),
        deployment.Name(),
        // What the API fills in where the manifest leaves it out.
        deployment.Spec?.Replicas ?? 1,
        deployment.Status?.ReadyReplicas ?? 0,
        deployment.GetAnnotation(ScaledByAnnotation));
}
