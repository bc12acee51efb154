using System.Net;
using System.Net.Sockets;
using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Experiments.Telemetry;
using Grid.Tests;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Cluster.Tests.Telemetry;

/// <summary>A real silo, scraped while and after it runs a sweep.</summary>
public sealed class MetricsTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly HttpClient http = new();
    private readonly List<Scrape> looks = [];

    [Fact]
    public async Task A_silo_tells_of_a_sweep_while_it_runs_and_counts_it_right_afterwards()
    {
        await using var receiver = await OtlpReceiver.Start();
        var port = FreePort();
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 400);
        await cluster.Add(
            "control,train,measure", new Dictionary<string, string?>(receiver.Environment)
            {
                ["GRID_METRICS"] = $"127.0.0.1:{port}",
                // The stand-in then says that each of its stages took one joule.
                [MeterSettings.CoreWattsVariable] = "8",
            },
            "only");
        var sweep = AnySweep.Of("metered", 3, 4);
        var id = ExperimentId.Of(sweep);
        (await Look(port)).Sum("grid_trials_total", ("grid_outcome", "succeeded")).ShouldBe(0);

        await cluster.Submit(sweep);
        await Until(port, scrape => scrape.Sum("grid_slots", ("grid_pool", "train/cpu")) == 2, Told(id));
        await cluster.Ended(sweep);
        await cluster.ShouldBeWhole(sweep);
        var ended = await Until(port, scrape => scrape.Sum("grid_store_sweeps", ("grid_status", "done")) == 1 && scrape.Sum("grid_sweep_hypervolume") is null
            && scrape.Sum("grid_store_stages", ("grid_status", "done")) == scrape.Sum("grid_stages_total"));

        var plan = SweepPlan.Of(sweep);
        ended.Sum("grid_trials_total", ("grid_outcome", "succeeded")).ShouldBe(plan.Trials);
        ended.Sum("grid_trials_total", ("grid_outcome", "failed")).ShouldBe(0);
        var tests = ended.Sum("grid_stages_total", ("grid_stage_kind", "test")).ShouldNotBeNull();
        ended.Sum("grid_stages_total").ShouldBe(plan.StageKeys.Count + tests);
        ended.Sum("grid_stages_total", ("grid_outcome", "done")).ShouldBe(plan.StageKeys.Count + tests);
        ended.Sum("grid_energy_joules_total").ShouldBe(plan.StageKeys.Count + tests);
        ended.Sum("grid_stages_needed_total", ("grid_stage_source", "computed")).ShouldBe(plan.StageKeys.Count + tests);
        ended.Sum("grid_stages_needed_total", ("grid_stage_source", "reused")).ShouldBe(0);
        ended.Sum("grid_stage_duration_seconds_count").ShouldBe(plan.StageKeys.Count + tests);
        ended.Sum("grid_stage_duration_seconds_sum", ("grid_stage_kind", "train")).ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(0.4);
        (ended.Sum("grid_results_fenced_total"), ended.Sum("grid_leases_reclaimed_total"), ended.Sum("grid_runner_restarts_total")).ShouldBe((0, 0, 0));
        ended.Sum("grid_store_duration_seconds_count", ("grid_store_operation", "Complete"), ("grid_outcome", "done")).ShouldBe(plan.StageKeys.Count + tests);
        ended.Sum("grid_slots_used").ShouldBe(0);
        ended.Has("grid_sweep_trials").ShouldBeFalse();

        foreach (var instrument in Instruments.All)
        {
            var name = instrument.PrometheusName;
            var scrape = looks.LastOrDefault(look => look.Has(name)).ShouldNotBeNull(name);
            scrape.Types[name].ShouldBe(Words.Of(instrument.Kind), name);
            scrape.Helped.ShouldContain(name);
            scrape.Labels(name).Except(["otel_scope_name", "le"]).ShouldBe(instrument.Attributes.Select(a => a.Name.Replace('.', '_')), ignoreOrder: true, name);
            scrape.Bounds(name).ShouldBe(instrument.Boundaries, name);
            receiver.Metrics.GetValueOrDefault(instrument.Name).ShouldBe(instrument.Unit, instrument.Name);
        }
        ended.Has("orleans_catalog_activations").ShouldBeTrue();
        // Of their own accord names of keys, trials or models become no labels.
        ended.Labels("grid_stage_duration_seconds").ShouldNotContain("grid_stage_key");
    }

    [Fact]
    public async Task A_runner_that_crashes_is_counted_with_what_became_of_its_attempts()
    {
        var port = FreePort();
        await using var cluster = TestCluster.Start(server);
        await cluster.Add(
            "control,train,measure", new Dictionary<string, string?> { ["GRID_METRICS"] = $"127.0.0.1:{port}", ["STAND_IN_BEHAVE"] = "train=checkpoint" }, "only");
        var sweep = AnySweep.Of("crashing", 1, 1);

        await cluster.Submit(sweep);
        await cluster.Ended(sweep);

        var ended = await Until(port, scrape => scrape.Sum("grid_trials_total", ("grid_outcome", "succeeded")) == 2);
        ended.Sum("grid_stages_total", ("grid_stage_kind", "train"), ("grid_outcome", "crashed")).ShouldBe(1);
        ended.Sum("grid_stages_total", ("grid_stage_kind", "train"), ("grid_outcome", "done")).ShouldBe(1);
        ended.Sum("grid_runner_restarts_total", ("grid_reason", "crashed")).ShouldBe(1);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named_and_ends_the_silo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var cluster = TestCluster.Start(server);

        var silo = cluster.Begin("refused", "control", new() { ["GRID_METRICS"] = $"{other.LocalEndpoint}" });

        (await silo.End(TestContext.Current.CancellationToken)).ShouldBe(2, silo.Output);
        silo.Output.ShouldContain($"--metrics is {other.LocalEndpoint}, which cannot be listened on");
    }

    public void Dispose() => http.Dispose();

    private async Task<Scrape> Look(int port) =>
        new(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), TestContext.Current.CancellationToken));

    /// <summary>What is to be seen at some time while a sweep runs, not all at once.</summary>
    private static Dictionary<string, Func<Scrape, bool>> Told(string sweep) => new()
    {
        ["a stage waits"] = scrape => scrape.Sum("grid_pool_pending", ("grid_pool", "train/cpu")) > 0,
        ["it has waited"] = scrape => scrape.Sum("grid_pool_oldest_age_seconds", ("grid_pool", "train/cpu")) > 0,
        ["a stage is leased"] = scrape => scrape.Sum("grid_pool_leased") > 0,
        ["a slot is used"] = scrape => scrape.Sum("grid_slots_used", ("grid_pool", "train/cpu")) > 0,
        ["a sweep runs"] = scrape => scrape.Sum("grid_store_sweeps", ("grid_status", "running")) == 1,
        ["its frontier has a volume"] = scrape => scrape.Sum("grid_sweep_hypervolume", ("grid_sweep_id", sweep)) > 0,
        ["it reuses nothing"] = scrape => scrape.Sum("grid_sweep_reuse_ratio", ("grid_sweep_id", sweep)) == 0,
        ["a trial of it has succeeded"] = scrape => scrape.Sum("grid_sweep_trials", ("grid_sweep_id", sweep), ("grid_outcome", "succeeded")) > 0,
    };

    /// <summary>Looks again and again, until a look is as wanted and each of the others was seen in some.</summary>
    private async Task<Scrape> Until(int port, Func<Scrape, bool> condition, Dictionary<string, Func<Scrape, bool>>? also = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            var scrape = await Look(port);
            looks.Add(scrape);
            foreach (var seen in (also ?? []).Where(a => a.Value(scrape)).ToList())
                also!.Remove(seen.Key);
            if (also is null or { Count: 0 } && condition(scrape))
                return scrape;
            patience.IsCancellationRequested.ShouldBeFalse($"not seen: {string.Join(", ", also?.Keys.ToArray() ?? [])}; the last was\n{scrape}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
