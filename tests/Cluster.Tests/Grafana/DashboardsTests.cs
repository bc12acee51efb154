using Grid.Experiments.Frontier;
using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Metrics;
using Grid.Experiments.Results;
using Grid.Experiments.Sweeps;
using Grid.Tests;

namespace Grid.Cluster.Tests.Grafana;

/// <summary>Every query of every dashboard and alert, asked of a real Prometheus and a real PostgreSQL while real silos work.</summary>
public sealed class DashboardsTests(PostgresServer server, ITestOutputHelper output) : IClassFixture<PostgresServer>, IDisposable
{
    private const string Password = "grid-reader-of-a-test";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Every_query_shows_something_under_load_and_nothing_once_a_metric_is_renamed()
    {
        var program = PrometheusPrograms.Find("prometheus");
        await using var receiver = await OtlpReceiver.Start();
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 60);
        int[] ports = [PrometheusServer.FreePort(), PrometheusServer.FreePort(), PrometheusServer.FreePort(), PrometheusServer.FreePort()];
        using var prometheus = new PrometheusServer(program, folder, AlertRules.File, ports);
        cluster.Begin("worker", "train", Environment(receiver, ports[1]));
        cluster.Begin("broken", "train", Environment(receiver, ports[2], ("GRID_ACCELERATOR", "cuda"), ("STAND_IN_BEHAVE", "train=exit")));
        cluster.Begin("arm", "measure", Environment(receiver, ports[3], ("GRID_DEVICE_CLASS", "arm-1")));
        await cluster.Add("control,measure", Environment(receiver, ports[0]), "control");
        await TestCluster.Until(async () => (await cluster.Client.Cluster.Silos()).Count == ports.Length);
        await prometheus.Ready();
        var panels = new Panels(prometheus, Reader(cluster));

        var load = new Load(cluster);
        await load.Begin();
        await Shown(panels, load);
        await Found(receiver);
        await Grids_own_frontier(panels, cluster, load.Main);
        await Nothing_after_a_renaming(panels, load);
        await Rules_work(prometheus);
    }

    public void Dispose() => folder.Dispose();

    private static IEnumerable<DashboardQuery> Queries(QueryLanguage language) => Dashboard.All.SelectMany(d => d.Queries).Where(q => q.Language == language);

    /// <summary>Those of metrics and of the store that show something also where all is well.</summary>
    private static IEnumerable<DashboardQuery> Asked() =>
        Queries(QueryLanguage.PromQl).Concat(Queries(QueryLanguage.Sql)).Where(q => !Panels.TellsOnlyTrouble.Contains(q.Place));

    private static Dictionary<string, string?> Environment(OtlpReceiver receiver, int port, params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string?>(receiver.Environment)
        {
            ["GRID_METRICS"] = $"127.0.0.1:{port}",
            ["OTEL_METRICS_EXPORTER"] = "none",
            // The stand-in then says that each of its stages took one joule.
            [MeterSettings.CoreWattsVariable] = "8",
        };
        foreach (var (name, value) in more)
            environment[name] = value;
        return environment;
    }

    private string Reader(TestCluster cluster)
    {
        var access = new Npgsql.NpgsqlConnectionStringBuilder(cluster.Access.Store);
        server.ExecuteFile(access.Database!, RepositoryRoot.File("deploy", "grafana", "reader.sql"), ("READER_PASSWORD", Password));
        (access.Username, access.Password) = ("grid_reader", Password);
        return access.ConnectionString;
    }

    /// <summary>Asks again and again while there is work, until every panel has shown something at some time.</summary>
    private async Task Shown(Panels panels, Load load)
    {
        var open = Asked().ToList();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (open.Count > 0)
        {
            foreach (var query in open.ToList())
                foreach (var sweep in load.Sweeps)
                    if (await panels.Show(query, sweep) is { } shown)
                    {
                        output.WriteLine($"{query.Place} | {shown}");
                        open.Remove(query);
                        break;
                    }
            patience.IsCancellationRequested.ShouldBeFalse($"These show nothing: {string.Join("; ", open.Select(q => q.Place))}");
            await load.GoOn();
        }
    }

    /// <summary>Tempo is not there to ask: each search must find spans that were exported.</summary>
    private static async Task Found(OtlpReceiver receiver)
    {
        var searches = Queries(QueryLanguage.TraceQl).Select(q => (q.Place, Search: TraceSearch.Parse(Panels.Fill(q, ".*")))).ToList();
        searches.ShouldNotBeEmpty();
        await receiver.Until(spans => searches.All(s => spans.Any(span => s.Search.Finds(span.Name, span.Failed, span.Attributes))));
    }

    private static async Task Grids_own_frontier(Panels panels, TestCluster cluster, Sweep sweep)
    {
        await cluster.Ended(sweep);
        var row = (await cluster.Store.FindExperiment(ExperimentId.Of(sweep)))!;
        var chart = Queries(QueryLanguage.Sql).Single(q => q.Text.Contains("\"Frontier\"", StringComparison.Ordinal));

        foreach (var device in sweep.Devices)
        {
            var results = await ExperimentResults.Load(cluster.Store, row, device: device);
            results.Frontier.Frontier.ShouldNotBeEmpty();
            foreach (var metric in MetricCatalog.All)
            {
                var drawn = await panels.Ask(Panels.Fill(chart, row.Id, x: metric.Name, device: device));
                drawn.Count.ShouldBe(results.Points.Count);
                Trials(drawn, "Frontier").ShouldBe(Numbers(results.Frontier.Frontier));
                Trials(drawn, "Beaten").ShouldBe(Numbers(results.Frontier.Dominated));
                Trials(drawn, "Breaks a limit").ShouldBe(Numbers(results.Frontier.Infeasible.Select(p => p.Point)));
                Trials(drawn, "Uncompressed").ShouldBe([results.Reference!.Trial]);
                foreach (var point in results.Points.Where(p => p.Metrics.GetValueOrDefault(metric.Name)?.Value is not null))
                    ((double)drawn.Single(r => (int)r["Trial"]! == point.Trial)["x"]!).ShouldBe(point.Metrics[metric.Name].Value!.Value * Scale(metric), 1e-9);
            }
        }
        var classes = await panels.Ask(Panels.Fill(Queries(QueryLanguage.Sql).Single(q => q.Place == "sweep.json: variable device"), row.Id));
        classes.Select(c => (string)c["__value"]!).ShouldBe(sweep.Devices);

        static IEnumerable<int> Numbers(IEnumerable<Point> points) => points.Select(p => p.Trial).Order();

        static IEnumerable<int> Trials(IEnumerable<IReadOnlyDictionary<string, object?>> rows, string column) =>
            rows.Where(r => r[column] is not null).Select(r => (int)r["Trial"]!).Order();
    }

    private static double Scale(MetricDefinition metric) => metric switch
    {
        { Name: "accuracy" or "test-accuracy" } => 100,
        { Unit: "s" or "J" } => 1e6,
        { Unit: "By" } => 1e-3,
        _ => 1,
    };

    private static async Task Nothing_after_a_renaming(Panels panels, Load load)
    {
        foreach (var query in Asked().Where(q => q.Language == QueryLanguage.PromQl))
            foreach (var metric in MetricNames.In(query.Text))
                foreach (var sweep in load.Sweeps)
                    (await panels.Show(query with { Text = MetricNames.Rename(query.Text, metric) }, sweep)).ShouldBeNull($"{query.Place} without {metric}");
    }

    /// <summary>An alert that does not fire shows nothing, so each of the conditions that it is made of is asked by itself.</summary>
    private static async Task Rules_work(PrometheusServer prometheus)
    {
        var health = await prometheus.Rules();
        health.Keys.ShouldBe(AlertRules.All.Select(r => r.Alert), ignoreOrder: true);
        health.Values.ShouldAllBe(h => h == "ok");
        foreach (var rule in AlertRules.All)
            foreach (var selector in MetricNames.Selectors(rule.Expression).Where(s => !s.StartsWith("orleans_scheduler", StringComparison.Ordinal)))
                (await prometheus.Range(selector)).ShouldNotBeEmpty($"{rule.Alert}: {selector}");
    }
}
