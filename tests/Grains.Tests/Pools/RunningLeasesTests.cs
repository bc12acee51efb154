using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;
using Grid.Grains.Pools;

namespace Grid.Grains.Tests.Pools;

public sealed class RunningLeasesTests
{
    private static readonly DateTimeOffset now = DateTimeOffset.UnixEpoch;
    private readonly RunningLeases leases = new();
    private readonly LeasedStage stage = new(
        new StageRequest(new StageSpec(StageKind.Prune, StageSettings.Empty), "e", TimeSpan.FromMinutes(1), null, null, false, "train/cpu"), 3);

    [Fact]
    public void A_heartbeat_tells_how_far_it_is()
    {
        Lease();

        leases.Report(Progress(3)).ShouldBe(true);

        leases.View.Single().Fraction.ShouldBe(0.5);
    }

    [Fact]
    public void A_heartbeat_of_another_attempt_is_unwanted()
    {
        Lease();

        leases.Report(Progress(2)).ShouldBe(false);
    }

    [Fact]
    public void Work_that_nobody_waits_for_is_unwanted()
    {
        Lease();
        leases.Abandon(stage.Key);

        leases.Report(Progress(3)).ShouldBe(false);
    }

    [Fact]
    public void A_heartbeat_of_what_was_never_leased_here_is_unknown() => leases.Report(Progress(3)).ShouldBeNull();

    [Fact]
    public void What_ran_out_is_offered_at_the_attempt_that_was_lost()
    {
        Lease();

        leases.TakeExpired(now).ShouldBeEmpty();
        var offer = leases.TakeExpired(now.AddSeconds(30)).Single();

        (offer.Key, offer.Attempt).ShouldBe((stage.Key, 3));
        leases.Contains(stage.Key).ShouldBeFalse();
    }

    [Fact]
    public void What_was_prolonged_has_not_run_out()
    {
        Lease();
        leases.Prolong(stage.Lease, now.AddSeconds(60));

        leases.TakeExpired(now.AddSeconds(30)).ShouldBeEmpty();
        leases.EndsBefore(stage.Lease, now.AddSeconds(60)).ShouldBeFalse();
    }

    [Fact]
    public void An_older_attempt_ends_no_lease()
    {
        Lease();

        leases.Remove(new StageLease(stage.Key, 2));

        leases.Contains(stage.Key).ShouldBeTrue();
    }

    [Fact]
    public void A_lease_takes_a_slot_until_it_ends_or_runs_out_also_while_nobody_waits_for_it()
    {
        Lease();
        leases.Abandon(stage.Key);
        leases.Remove(new StageLease(stage.Key, 2));
        leases.Slots.Of("e").ShouldBe(1);
        leases.Remove(stage.Lease);
        leases.Remove(stage.Lease);
        leases.Slots.Of("e").ShouldBe(0);

        Lease();
        Lease();
        leases.Slots.Of("e").ShouldBe(1);
        leases.TakeExpired(now.AddSeconds(30));
        leases.Slots.Of("e").ShouldBe(0);
    }

    [Fact]
    public void Whether_a_worker_has_begun_is_left_open_until_it_had_time_to_say_so()
    {
        Lease();
        var (soon, later) = (now.AddSeconds(1), now.AddSeconds(3));

        (leases.MayHaveBegun(stage.Key, soon), leases.MayHaveBegun(stage.Key, later)).ShouldBe((true, false));
        leases.Report(new StageProgress(stage.Key, stage.Attempt, 0, "begins"));
        leases.MayHaveBegun(stage.Key, later).ShouldBeTrue();
        leases.Abandon(stage.Key);
        leases.MayHaveBegun(stage.Key, soon).ShouldBeFalse();
    }

    private void Lease() => leases.Add(stage, "holder", now, now.AddSeconds(30));

    private StageProgress Progress(int attempt) => new(stage.Key, attempt, 0.5, "half");
}
