using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using k8s;
using k8s.Models;

namespace Grid.Deploy.Tests.Manifests;

/// <summary>An overlay as kustomize puts it together.</summary>
internal sealed class Overlay
{
    public const string Component = "app.kubernetes.io/component";

    private static readonly ConcurrentDictionary<string, Lazy<string?>> rendered = new();

    private Overlay(string yaml) => Objects = ManifestFiles.Parse(yaml);

    public static TheoryData<string> Names { get; } =
        [.. Directory.GetDirectories(Path.Combine(ManifestFiles.Folder, "overlays")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects { get; }

    public IReadOnlyList<V1Deployment> Deployments => All<V1Deployment>();

    public IReadOnlyList<V1Deployment> Silos => [.. Deployments.Where(d => d.GetLabel(Component) == "silo")];

    /// <summary>Skips the test where there is no kubectl, which no Debian package brings in a version that knows components.</summary>
    public static Overlay Render(string name)
    {
        var yaml = rendered.GetOrAdd(name, n => new(() => Kustomize(n))).Value;
        Assert.SkipWhen(yaml is null, "There is no kubectl with kustomize 5 on the PATH, so the overlays are not put together.");
        return new(yaml!);
    }

    public IReadOnlyList<T> All<T>() => [.. Objects.OfType<T>()];

    public static V1Container Container(V1Deployment deployment) => deployment.Spec.Template.Spec.Containers.ShouldHaveSingleItem();

    /// <summary>The variables that a container starts with.</summary>
    public IReadOnlyDictionary<string, string> Environment(V1Deployment deployment)
    {
        var container = Container(deployment);
        var variables = new Dictionary<string, string>();
        foreach (var source in container.EnvFrom ?? [])
            foreach (var (name, value) in All<V1ConfigMap>().Single(m => m.Name() == source.ConfigMapRef.Name).Data)
                variables[name] = value;
        foreach (var variable in container.Env ?? [])
            variables[variable.Name] = variable.ValueFrom is null ? variable.Value : FromPod(variable.ValueFrom, container);
        return variables;
    }

    private static string FromPod(V1EnvVarSource source, V1Container container) => source switch
    {
        { FieldRef.FieldPath: "metadata.name" } => "grid-train-6b7f9c5d4-x2x9k",
        { FieldRef.FieldPath: "status.podIP" } => "10.1.2.3",
        // Rounded up to whole units, as the API does it.
        { ResourceFieldRef: { Resource: "requests.cpu", Divisor: var unit } } =>
            Math.Ceiling(container.Resources.Requests["cpu"].ToDecimal() / (unit?.ToDecimal() ?? 1)).ToString("0"),
        _ => throw new NotSupportedException("This source of a variable is not known to the test."),
    };

    /// <summary>Null where there is no kubectl, or an old one.</summary>
    private static string? Kustomize(string overlay)
    {
        if (Run("version", "--client", "--output=yaml") is not (0, var version, _) || !version.Contains("kustomizeVersion: v5", StringComparison.Ordinal))
            return null;
        var (code, yaml, error) = Run("kustomize", Path.Combine(ManifestFiles.Folder, "overlays", overlay));
        return code == 0 ? yaml : throw new InvalidOperationException($"kubectl kustomize of {overlay} ended with {code}: {error}");
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (Win32Exception)
        {
            return (-1, "", "not found");
        }
    }
}
