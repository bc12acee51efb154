using k8s;
using k8s.Models;

namespace Grid.Client.Kubernetes;

/// <summary>Reads and sets how many silos the pools of a namespace have.</summary>
internal sealed class PoolScaling(KubernetesApi api, string space)
{
    /// <summary>Every pool, by name.</summary>
    /// <exception cref="UserException">The API refuses, or the namespace has no pool.</exception>
    public async Task<IReadOnlyList<ScalablePool>> List(CancellationToken cancelled)
    {
        var found = await api.Call(
            $"list the Deployments of namespace {space}",
            apps => apps.ListNamespacedDeploymentAsync(space, labelSelector: ScalablePool.Label, cancellationToken: cancelled),
            cancelled);
        return found.Items.Count > 0
            ? [.. found.Items.Select(ScalablePool.Of).OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Deployment, StringComparer.Ordinal)]
            : throw new UserException(
                $"Namespace {space} has no Deployment with the label {ScalablePool.Label}. Deploy Grid there (deploy/k8s), or name another one with --namespace.");
    }

    /// <summary>Asks for that many silos; Kubernetes starts or ends them after.</summary>
    /// <exception cref="UserException">The API refuses.</exception>
    public async Task<ScalablePool> Scale(ScalablePool pool, int replicas, CancellationToken cancelled)
    {
        var patch = new V1Patch($$$"""{"spec":{"replicas":{{{replicas}}}}}""", V1Patch.PatchType.MergePatch);
        var scale = await api.Call(
            $"scale Deployment {pool.Deployment} of namespace {space}",
            apps => apps.PatchNamespacedDeploymentScaleAsync(patch, pool.Deployment, space, cancellationToken: cancelled),
            cancelled);
        return pool with { Replicas = scale.Spec?.Replicas ?? 0 };
    }
}
