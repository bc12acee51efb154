using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Grid.Cluster.Tests.Processes;
using Grid.Tests;

namespace Grid.Cluster.Tests.Grafana;

/// <summary>A series of an answer: its labels, and its values over time.</summary>
internal sealed record Series(string Labels, IReadOnlyList<double> Values);

/// <summary>A real Prometheus on a free port of loopback that scrapes every second; ends with the test.</summary>
internal sealed class PrometheusServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly HttpClient http = new();
    private readonly ChildProcess process;
    private readonly int port;
    private readonly DateTimeOffset started = DateTimeOffset.UtcNow;

    /// <param name="program">Path of it.</param>
    /// <param name="folder">For its data.</param>
    /// <param name="rules">A file of alert rules.</param>
    /// <param name="targets">Ports of silos.</param>
    public PrometheusServer(string program, TemporaryFolder folder, string rules, IReadOnlyList<int> targets)
    {
        port = FreePort();
        File.WriteAllText(folder.File("prometheus.yaml"), $"""
            global: {"{"} scrape_interval: 1s, evaluation_interval: 1s {"}"}
            rule_files: ["{rules}"]
            scrape_configs:
              - job_name: grid-silos
                static_configs: [{"{"} targets: [{string.Join(", ", targets.Select(t => $"'127.0.0.1:{t}'"))}] {"}"}]
            """);
        process = new("prometheus", new(program, [
            $"--config.file={folder.File("prometheus.yaml")}", $"--storage.tsdb.path={folder.File("data")}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=warn"]));
    }

    /// <summary>A port that nothing listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until it answers.</summary>
    public async Task Ready()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!await Answers())
        {
            (process.HasExited || patience.IsCancellationRequested).ShouldBeFalse($"Prometheus does not start: {process.Output}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The values since it was started, second by second.</summary>
    public async Task<IReadOnlyList<Series>> Range(string expression)
    {
        var now = DateTimeOffset.UtcNow;
        var answer = await Get($"query_range?query={Uri.EscapeDataString(expression)}&start={Seconds(started)}&end={Seconds(now)}&step=1");
        ((string?)answer["status"]).ShouldBe("success", $"{expression}: {answer["error"]}");
        return
        [
            .. answer["data"]!["result"]!.AsArray().Select(s => new Series(
                string.Join(", ", s!["metric"]!.AsObject().Select(l => $"{l.Key}={l.Value}")),
                [.. s["values"]!.AsArray().Select(v => Number((string)v![1]!))])),
        ];
    }

    /// <summary>Health of every alert rule, by its name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Rules() =>
        (await Get("rules"))["data"]!["groups"]!.AsArray().SelectMany(g => g!["rules"]!.AsArray()).ToDictionary(r => (string)r!["name"]!, r => (string)r!["health"]!);

    public void Dispose()
    {
        process.Dispose();
        http.Dispose();
    }

    private async Task<JsonNode> Get(string path)
    {
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/api/v1/{path}"), TestContext.Current.CancellationToken);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task<bool> Answers()
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/-/ready"), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Seconds(DateTimeOffset at) => (at.ToUnixTimeMilliseconds() / 1000.0).ToString(CultureInfo.InvariantCulture);

    private static double Number(string text) => text switch
    {
        "NaN" => double.NaN,
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
