using Grid.Tests;
using k8s;
using k8s.Models;

namespace Grid.Deploy.Tests.Manifests;

/// <summary>The manifests as they stand in deploy/k8s.</summary>
internal static class ManifestFiles
{
    private static readonly Dictionary<string, Type> Extensions = new()
    {
        ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject),
        ["monitoring.coreos.com/v1/PodMonitor"] = typeof(PodMonitor),
        ["monitoring.coreos.com/v1/PrometheusRule"] = typeof(PrometheusRule),
        ["keda.sh/v1alpha1/TriggerAuthentication"] = typeof(TriggerAuthentication),
    };

    public static string Folder { get; } = RepositoryRoot.File("deploy", "k8s");

    /// <summary>Every file of Kubernetes objects, relative to the folder.</summary>
    public static TheoryData<string> Names { get; } = [.. Files("*.yaml").Where(f => Path.GetFileName(f) != "kustomization.yaml")];

    /// <summary>Every file of kustomize, relative to the folder.</summary>
    public static TheoryData<string> Kustomizations { get; } = [.. Files("kustomization.yaml")];

    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Read(string name) => Parse(Text(name));

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>Refuses unknown fields, wrong types, keys that stand twice, and kinds that it does not know.</summary>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Parse(string yaml) =>
        [.. KubernetesYaml.LoadAllFromString(yaml, Extensions, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()];

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Folder, pattern, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal);
}
