using k8s;
using k8s.Autorest;
using k8s.Exceptions;
using k8s.KubeConfigModels;

namespace Grid.Client.Kubernetes;

/// <summary>The Kubernetes API that the user's configuration names, and what its errors mean to a user.</summary>
internal sealed class KubernetesApi : IDisposable
{
    /// <summary>The API answers lists of a few Deployments at once; a silent one is better given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly k8s.Kubernetes client;
    private readonly string host;

    private KubernetesApi(KubernetesClientConfiguration configuration)
    {
        configuration.HttpClientTimeout = Patience;
        host = configuration.Host;
        client = new k8s.Kubernetes(configuration);
    }

    /// <summary>
    /// As kubectl looks for it: the files of KUBECONFIG, else ~/.kube/config; and where there is neither, the API of the cluster that this pod runs in.
    /// </summary>
    /// <param name="environment">Where KUBECONFIG and HOME are read.</param>
    /// <param name="context">Of the configuration; null for its current one.</param>
    /// <exception cref="UserException">There is no configuration, or it cannot be used.</exception>
    public static async Task<KubernetesApi> Open(IReadOnlyDictionary<string, string> environment, string? context)
    {
        var files = Files(environment);
        try
        {
            if (files.Any(f => f.Exists))
                return new(KubernetesClientConfiguration.BuildConfigFromConfigObject(await Merged(files.Where(f => f.Exists)), context));
            if (KubernetesClientConfiguration.IsInCluster())
                return new(KubernetesClientConfiguration.InClusterConfig());
        }
        catch (Exception e) when (e is KubeConfigException or YamlDotNet.Core.YamlException or UriFormatException or FormatException)
        {
            throw new UserException($"The Kubernetes configuration {string.Join(", ", files.Select(f => f.FullName))} cannot be used: {e.Message}");
        }
        throw new UserException(
            $"There is no Kubernetes configuration at {string.Join(" nor at ", files.Select(f => f.FullName))}, and this is no pod of a cluster. " +
            "Copy the one that kubectl uses there, or name it in KUBECONFIG.");
    }

    /// <summary>Calls the API.</summary>
    /// <param name="doing">What for, to go on after "Cannot": "list the Deployments of namespace grid".</param>
    /// <exception cref="UserException">It refused, could not be reached or did not answer; the message says what to do.</exception>
    public async Task<T> Call<T>(string doing, Func<IAppsV1Operations, Task<T>> call, CancellationToken cancelled)
    {
        try
        {
            return await call(client.AppsV1);
        }
        catch (HttpOperationException e)
        {
            throw new UserException($"Cannot {doing}: {Meaning((int)e.Response.StatusCode)} {Said(e.Response.Content)}".TrimEnd());
        }
        catch (HttpRequestException e)
        {
            throw new UserException($"Cannot {doing}: the Kubernetes API at {host} cannot be reached. {e.Message}");
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw new UserException($"Cannot {doing}: the Kubernetes API at {host} did not answer within {Patience.TotalSeconds} s.");
        }
    }

    public void Dispose() => client.Dispose();

    private static List<FileInfo> Files(IReadOnlyDictionary<string, string> environment)
    {
        var named = environment.GetValueOrDefault("KUBECONFIG", "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var home = environment.GetValueOrDefault(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME", ".");
        return [.. (named.Length > 0 ? named : [Path.Combine(home, ".kube", "config")]).Select(f => new FileInfo(f))];
    }

    /// <summary>As kubectl does it: what the first file says about a name counts.</summary>
    private static async Task<K8SConfiguration> Merged(IEnumerable<FileInfo> files)
    {
        var parts = new List<K8SConfiguration>();
        foreach (var file in files)
            parts.Add(await KubernetesClientConfiguration.LoadKubeConfigAsync(file));
        return new K8SConfiguration
        {
            CurrentContext = parts.Select(p => p.CurrentContext).FirstOrDefault(c => !string.IsNullOrEmpty(c)),
            Contexts = [.. parts.SelectMany(p => p.Contexts ?? []).DistinctBy(c => c.Name)],
            Clusters = [.. parts.SelectMany(p => p.Clusters ?? []).DistinctBy(c => c.Name)],
            Users = [.. parts.SelectMany(p => p.Users ?? []).DistinctBy(u => u.Name)],
        };
    }

    private static string Meaning(int status) => status switch
    {
        401 => "the API does not accept the credentials of the configuration (401).",
        403 => "you may not (403); deploy/k8s has the role grid-scale, which allows it.",
        404 => "it is not there (404).",
        _ => $"the API answered {status}.",
    };

    /// <summary>The message of a Status object; empty for anything else.</summary>
    private static string Said(string? body)
    {
        try
        {
            return KubernetesJson.Deserialize<k8s.Models.V1Status>(body ?? "{}").Message ?? "";
        }
        catch (System.Text.Json.JsonException)
        {
            return "";
        }
    }
}
