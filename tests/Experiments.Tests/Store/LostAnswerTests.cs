using Grid.Experiments.Store;
using Grid.Tests;
using static Grid.Experiments.Tests.Store.StoreFixture;

namespace Grid.Experiments.Tests.Store;

/// <summary>Each write when it was committed and the connection broke before the answer came: it is repeated, and counts once.</summary>
public sealed class LostAnswerTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private readonly PostgresFixture fixture = new(server);
    private LossyProxy proxy = null!;
    private IExperimentStore store = null!;

    [Fact]
    public async Task An_event_is_told_once()
    {
        await store.AddExperiment(Experiment());

        (await Losing(() => store.AppendEvent("sweep-1", "k", "{}", Noon))).ShouldBe(1);
        (await store.AppendEvent("sweep-1", "k", "{}", Noon)).ShouldBe(2);

        (await store.ReadEvents("sweep-1", 0, 10)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_lease_is_the_callers_and_at_the_first_attempt()
    {
        await store.EnsureStages([Spec(1)]);

        var leased = await Losing(() => store.TryLease(Spec(1).Key, 0, "me", TimeSpan.FromMinutes(1)));

        (leased!.Attempt, leased.Holder, leased.LeaseLeft).ShouldBe((1, "me", TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_result_was_recorded_already_and_its_repeat_changes_nothing()
    {
        await store.EnsureStages([Spec(1)]);
        await store.TryLease(Spec(1).Key, 0, "me", TimeSpan.FromMinutes(1));

        (await Losing(() => store.Complete(new StageLease(Spec(1).Key, 1), "sha", Result, 1.5))).ShouldBe(CompletionAnswer.AlreadyRecorded);

        (await fixture.Row(Spec(1))).Artifact.ShouldBe("sha");
    }

    [Fact]
    public async Task A_crash_is_counted_once()
    {
        await store.EnsureStages([Spec(1)]);
        await store.TryLease(Spec(1).Key, 0, "me", TimeSpan.FromMinutes(1));

        var row = await Losing(() => store.EndAttempt(new StageLease(Spec(1).Key, 1), "why", crash: true, final: false));

        (row!.Status, row.Crashes).ShouldBe((StageStatus.Pending, 1));
    }

    [Fact]
    public async Task The_keys_of_a_lost_holder_are_all_answered()
    {
        await store.EnsureStages([Spec(1), Spec(2)]);
        await store.TryLease(Spec(1).Key, 0, "gone", TimeSpan.FromMinutes(1));
        await store.TryLease(Spec(2).Key, 0, "gone", TimeSpan.FromMinutes(1));

        (await Losing(() => store.ReleaseHolder("gone"))).ShouldBe(new[] { Spec(1).Key, Spec(2).Key }.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_trial_ends_once_and_is_told_of_once()
    {
        await Losing(() => store.AddExperiment(Experiment()));
        await Losing(async () => { await store.AddTrials([Trial(0)]); return 0; });

        await Losing(async () => { await store.FinishTrial("sweep-1", 0, TrialStatus.Succeeded, null, "trial-succeeded", "{}", Noon); return 0; });

        (await store.ListTrials("sweep-1")).ShouldBe([Trial(0) with { Status = TrialStatus.Succeeded }]);
        (await store.ReadEvents("sweep-1", 0, 10)).Count.ShouldBe(1);
    }

    public async ValueTask InitializeAsync()
    {
        await fixture.Prepare();
        proxy = new LossyProxy(server.Port);
        store = PostgresExperimentStore.Open(fixture.Connection.Replace($"Port={server.Port}", $"Port={proxy.Port};Ssl Mode=Disable"));
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        proxy.Dispose();
        await fixture.DisposeAsync();
    }

    private async Task<T> Losing<T>(Func<Task<T>> write)
    {
        var before = proxy.Lost;
        proxy.LoseNextAnswer();
        var answer = await write();
        // Else the test would have tested nothing.
        proxy.Lost.ShouldBe(before + 1);
        return answer;
    }
}
