using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;
using Microsoft.Extensions.Time.Testing;
using Orleans.Core.Internal;

namespace Grid.Silo.Tests.Hosting;

/// <summary>A real pool grain that no slot serves but the test, on a real store, with a clock that the test moves.</summary>
public sealed class PoolShareTests : IAsyncLifetime
{
    private const string Pool = "train/cuda";

    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly TestGrid grid = new(new ScriptedExecutor());

    private IPoolGrain Grain => grid.Grid.Grains.Pool(Pool);

    [Fact]
    public async Task The_higher_priority_goes_first_and_a_change_is_heeded_a_second_later()
    {
        await Offer("low", new PoolShare(-1, null), 1, 2, 3, 4);
        await Offer("high", new PoolShare(1, null), 5, 6, 7, 8);

        (await Lease(3)).ShouldBe(["high", "high", "high"]);
        await grid.Store.SetPriority("low", 2);
        time.Advance(TimeSpan.FromSeconds(1));

        (await Lease(10)).ShouldBe(["low", "low", "low", "low", "high"]);
    }

    [Fact]
    public async Task A_limit_holds_however_many_ask_at_once_and_a_lease_that_ends_makes_room()
    {
        await Offer("limited", new PoolShare(0, 2), 1, 2, 3, 4, 5);
        await Offer("other", PoolShare.Usual, 6);

        var first = (await Task.WhenAll(Grain.Lease("me", 3, TimeSpan.Zero), Grain.Lease("you", 3, TimeSpan.Zero))).SelectMany(l => l).ToList();
        var waiting = (await Grain.View()).Waiting.ShouldHaveSingleItem();
        var ended = first.First(l => l.Request.Experiment == "limited");
        await Grain.Ended(ended.Key, ended.Attempt);

        first.Select(l => l.Request.Experiment).Order().ShouldBe(["limited", "limited", "other"]);
        waiting.ShouldBe(new WaitingView("limited", 3, 2, 0, 2));
        waiting.AtLimit.ShouldBeTrue();
        (await Lease(10)).ShouldBe(["limited"]);
    }

    [Fact]
    public async Task A_limit_is_taken_off_while_others_wait_for_it()
    {
        await Offer("limited", new PoolShare(0, 1), 1, 2, 3);
        (await Lease(10)).Count.ShouldBe(1);

        await grid.Store.SetMostSlots("limited", null);
        time.Advance(TimeSpan.FromSeconds(1));

        (await Lease(10)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_lease_that_ran_out_counts_no_more()
    {
        await Offer("limited", new PoolShare(0, 2), 1, 2, 3);
        (await Lease(10)).Count.ShouldBe(2);

        time.Advance(TimeSpan.FromSeconds(31));

        (await Lease(10)).Count.ShouldBe(2);
        (await Grain.View()).Running.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_pool_that_was_lost_breaks_no_limit_before_it_is_told_of_its_leases()
    {
        await Offer("limited", new PoolShare(0, 2), 1, 2, 3);
        var leases = await Grain.Lease("me", 10, TimeSpan.Zero);
        await Lose();
        await Offer("limited", new PoolShare(0, 2), 1, 2, 3);
        await Offer("other", PoolShare.Usual, 4);

        (await Lease(10)).ShouldBe(["other"]);
        (await Grain.Resume("me", leases)).ShouldBeEmpty();
        time.Advance(TimeSpan.FromSeconds(1));
        (await Lease(10)).ShouldBeEmpty();
        await Grain.Ended(leases[0].Key, leases[0].Attempt);
        (await Lease(10)).ShouldBe(["limited"]);
    }

    [Fact]
    public async Task A_pool_that_was_lost_with_its_workers_goes_on_when_their_leases_have_run_out()
    {
        await Offer("limited", new PoolShare(0, 2), 1, 2, 3);
        (await Lease(10)).Count.ShouldBe(2);
        await Lose();
        await Offer("limited", new PoolShare(0, 2), 1, 2, 3);

        (await Lease(10)).ShouldBeEmpty();
        time.Advance(TimeSpan.FromSeconds(31));

        (await Lease(10)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_stage_that_two_wait_for_counts_for_whoever_comes_first_and_waits_for_both_when_it_is_given_back()
    {
        await Add("first", PoolShare.Usual);
        await Add("urgent", new PoolShare(3, 1));
        var stages = grid.Grid.Grains.ShardOf(Spec(1).Key);
        await stages.Ensure(Request("first", 1));
        await stages.Ensure(Request("urgent", 1));

        var lease = (await Grain.Lease("me", 10, TimeSpan.Zero)).ShouldHaveSingleItem();
        var left = (await Grain.View()).Pending;
        await stages.Release(lease.Key, lease.Attempt, lease.Request.Pool);

        lease.Request.Experiment.ShouldBe("urgent");
        left.ShouldBe(0);
        var view = await Grain.View();
        view.Pending.ShouldBe(1);
        view.Waiting.Select(w => (w.Experiment, w.Pending, w.Leased)).OrderBy(w => w.Experiment).ShouldBe([("first", 1, 0), ("urgent", 1, 0)]);
    }

    [Fact]
    public async Task A_stage_that_one_of_two_no_longer_waits_for_still_waits_for_the_other()
    {
        await Add("first", PoolShare.Usual);
        await Add("second", PoolShare.Usual);
        var stages = grid.Grid.Grains.ShardOf(Spec(1).Key);
        await stages.Ensure(Request("first", 1));
        await stages.Ensure(Request("second", 1));

        await stages.Forget(Spec(1).Key, "first");
        var lease = (await Grain.Lease("me", 10, TimeSpan.Zero)).ShouldHaveSingleItem();
        await stages.Release(lease.Key, lease.Attempt, lease.Request.Pool);

        (await Grain.View()).Waiting.Select(w => w.Experiment).ShouldBe(["second"]);
        await stages.Forget(Spec(1).Key, "second");
        (await Grain.View()).Pending.ShouldBe(0);
    }

    public async ValueTask InitializeAsync() => await grid.Start(time: time);

    public ValueTask DisposeAsync() => grid.DisposeAsync();

    /// <summary>The experiments of the leases that one gets who asks for so many.</summary>
    private async Task<IReadOnlyList<string>> Lease(int most) => [.. (await Grain.Lease("me", most, TimeSpan.Zero)).Select(l => l.Request.Experiment)];

    private async Task Offer(string experiment, PoolShare share, params int[] stages)
    {
        await Add(experiment, share);
        foreach (var row in await grid.Store.EnsureStages([.. stages.Select(Spec)], Pool))
            await Grain.Offer(new StageOffer(Request(experiment, row.Spec.Settings.Integer("number")), row.Attempt, row.Status == StageStatus.Pending));
    }

    private Task<ExperimentRow> Add(string experiment, PoolShare share) => grid.Store.AddExperiment(
        new ExperimentRow(experiment, experiment, "{}", ExperimentStatus.Interrupted, false, time.GetUtcNow(), null) { Share = share });

    /// <summary>As if its silo had died.</summary>
    private async Task Lose() => await Grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();

    private static StageSpec Spec(int number) => new(StageKind.Train, new StageSettings([new("number", StageSettings.Spell(number))]));

    private static StageRequest Request(string experiment, int stage) =>
        new(Spec(stage), experiment, TimeSpan.FromMinutes(1), null, null, false, Pool);
}
