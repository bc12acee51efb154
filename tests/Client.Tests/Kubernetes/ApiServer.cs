using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Grid.Client.Tests.Kubernetes;

/// <summary>As much of a Kubernetes API as scaling needs, over HTTP on loopback: Deployments of a namespace by label, and their scale.</summary>
internal sealed class ApiServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Grid.Tests.TemporaryFolder folder = new();
    private readonly List<JsonObject> deployments = [];
    private readonly List<string> requests = [];

    public ApiServer()
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        listener.Prefixes.Add($"{Url}/");
        listener.Start();
        _ = Serve();
    }

    public string Url { get; }

    /// <summary>Verb and path of what was asked, with the body of a change.</summary>
    public IReadOnlyList<string> Requests => requests;

    /// <summary>Answers a request by verb and path instead of carrying it out; null lets it through.</summary>
    public Func<string, (int Status, string Body)?> Refuse { get; set; } = _ => null;

    /// <summary>Variables that lead the client here.</summary>
    public Dictionary<string, string> Environment(string? text = null)
    {
        var file = folder.File("config");
        File.WriteAllText(file, text ?? $$"""
            apiVersion: v1
            kind: Config
            current-context: here
            contexts: [{ name: here, context: { cluster: test, user: me } }]
            clusters: [{ name: test, cluster: { server: "{{Url}}" } }]
            users: [{ name: me, user: { token: secret-token } }]
            """);
        return new() { ["KUBECONFIG"] = file };
    }

    public ApiServer With(string name, string? pool, int replicas, int ready = 0, string? scaledBy = null, string space = "grid")
    {
        deployments.Add(new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = space,
                ["labels"] = pool is null ? [] : new JsonObject { ["grid.pool"] = pool },
                ["annotations"] = scaledBy is null ? [] : new JsonObject { ["grid.scaled-by"] = scaledBy },
            },
            ["spec"] = new JsonObject { ["replicas"] = replicas },
            ["status"] = new JsonObject { ["readyReplicas"] = ready },
        });
        return this;
    }

    public int Replicas(string name) => Find("grid", name)!["spec"]!["replicas"]!.GetValue<int>();

    public void Dispose()
    {
        listener.Close();
        folder.Dispose();
    }

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using var reader = new StreamReader(context.Request.InputStream);
            var (status, body) = Answer(context.Request, await reader.ReadToEndAsync());
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await using (var writer = new StreamWriter(context.Response.OutputStream))
                await writer.WriteAsync(body);
            context.Response.Close();
        }
    }

    private (int Status, string Body) Answer(HttpListenerRequest request, string body)
    {
        var path = request.Url!.AbsolutePath;
        var call = $"{request.HttpMethod} {path}";
        requests.Add($"{call} {body}".TrimEnd());
        if (request.Headers["Authorization"] != "Bearer secret-token")
            return (401, Status("Unauthorized"));
        if (Refuse(call) is { } refusal)
            return refusal;
        return (request.HttpMethod, path.Split('/')) switch
        {
            ("GET", ["", "apis", "apps", "v1", "namespaces", var space, "deployments"]) => (200, List(space, request.QueryString["labelSelector"])),
            ("PATCH", ["", "apis", "apps", "v1", "namespaces", var space, "deployments", var name, "scale"]) when Find(space, name) is { } found =>
                request.ContentType!.StartsWith("application/merge-patch+json", StringComparison.Ordinal)
                    ? (200, Scale(found, body))
                    : (415, Status("unsupported media type")),
            _ => (404, Status($"{path} not found")),
        };
    }

    private string List(string space, string? label) => new JsonObject
    {
        ["kind"] = "DeploymentList",
        ["apiVersion"] = "apps/v1",
        ["items"] = new JsonArray([.. deployments
            .Where(d => d["metadata"]!["namespace"]!.GetValue<string>() == space && (label is null || d["metadata"]!["labels"]![label] is not null))
            .Select(d => d.DeepClone())]),
    }.ToJsonString();

    private static string Scale(JsonObject deployment, string patch)
    {
        deployment["spec"]!["replicas"] = JsonNode.Parse(patch)!["spec"]!["replicas"]!.GetValue<int>();
        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = deployment["metadata"]!.DeepClone(),
            ["spec"] = deployment["spec"]!.DeepClone(),
        }.ToJsonString();
    }

    private JsonObject? Find(string space, string name) => deployments.SingleOrDefault(d =>
        d["metadata"]!["namespace"]!.GetValue<string>() == space && d["metadata"]!["name"]!.GetValue<string>() == name);

    public static string Status(string message) => new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["message"] = message }.ToJsonString();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
