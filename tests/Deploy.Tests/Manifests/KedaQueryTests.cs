using System.Text.RegularExpressions;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Tests;

namespace Grid.Deploy.Tests.Manifests;

/// <summary>What KEDA asks, asked of a real PostgreSQL with the real schema, as the role that the README makes.</summary>
public sealed partial class KedaQueryTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly StageKind[] kinds = Enum.GetValues<StageKind>();

    private string database = "";

    [Fact]
    public async Task Stages_that_wait_or_run_count_each_in_one_pool()
    {
        await using var store = Open();
        await store.AddExperiment(Experiment(ExperimentStatus.Running));
        await store.EnsureStages([.. kinds.Select(k => Stage(k, 0))]);
        var leased = await store.EnsureStages([.. kinds.Select(k => Stage(k, 1))]);
        foreach (var row in leased)
            (await store.TryLease(row.Key, row.Attempt, "silo", TimeSpan.FromMinutes(5))).ShouldNotBeNull();
        await store.EnsureStages([Stage(StageKind.Train, 2)], PoolNames.Train(PoolNames.Cuda));
        await store.EnsureStages([Stage(StageKind.Measure, 3)], PoolNames.Measure("arm"));

        Ask().ShouldBe(
            new Dictionary<string, long> { ["grid-measure"] = 2, ["grid-train"] = 2 * (kinds.Length - 1), ["grid-train-cuda"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Stages_that_ended_do_not_count()
    {
        await using var store = Open();
        await store.AddExperiment(Experiment(ExperimentStatus.Running));
        foreach (var row in await store.EnsureStages([.. kinds.Select(k => Stage(k, 0))]))
        {
            var lease = (await store.TryLease(row.Key, row.Attempt, "silo", TimeSpan.FromMinutes(5)))!;
            await store.EndAttempt(new StageLease(lease.Key, lease.Attempt), "broken", crash: false, final: true);
        }

        Ask().Values.ShouldAllBe(count => count == 0);
    }

    [Theory]
    [InlineData(ExperimentStatus.Cancelled)]
    [InlineData(ExperimentStatus.Interrupted)]
    [InlineData(ExperimentStatus.Done)]
    public async Task What_waits_counts_only_while_a_sweep_runs(ExperimentStatus status)
    {
        await using var store = Open();
        await store.AddExperiment(Experiment(status));
        await store.EnsureStages([.. kinds.Select(k => Stage(k, 0))]);

        Ask().Values.ShouldAllBe(count => count == 0);
    }

    private IExperimentStore Open()
    {
        var connection = server.CreateDatabase();
        database = DatabaseName().Match(connection).Groups["name"].Value;
        return PostgresExperimentStore.Open(connection);
    }

    /// <summary>The answer to each rule's query, by the rule's name. It must be one whole number.</summary>
    private Dictionary<string, long> Ask()
    {
        var grant = ManifestFiles.Text("README.md").Split('\n').Single(l => l.Trim().StartsWith("grant ", StringComparison.Ordinal)).Trim();
        server.Execute(database, $"do $$ begin create role grid_keda; exception when duplicate_object then null; end $$; {grant}");
        return KedaTests.Rules().ToDictionary(
            r => r.Metadata.Name, r => long.Parse(server.Execute(database, $"set role grid_keda; {r.Spec.Triggers[0].Metadata.Query}")));
    }

    private static ExperimentRow Experiment(ExperimentStatus status) =>
        new("sweep-1", "sweep", "{}", status, CancelRequested: false, DateTimeOffset.UnixEpoch, FinishedAt: null);

    private static StageSpec Stage(StageKind kind, int seed) => new(kind, StageSettings.Empty, Seed: seed);

    [GeneratedRegex("Database=(?<name>[^;]+)")]
    private static partial Regex DatabaseName();
}
