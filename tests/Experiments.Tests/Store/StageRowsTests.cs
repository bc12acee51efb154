using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Tests;
using static Grid.Experiments.Tests.Store.StoreFixture;

namespace Grid.Experiments.Tests.Store;

public abstract class StageRowsTests(StoreFixture fixture) : StoreTests(fixture)
{
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Ensured_stages_stand_in_the_order_asked_and_keep_what_they_were()
    {
        var first = await Fixture.Done(Spec(1), "sha-1");
        var second = Spec(2, StageKind.FineTune, first.Key);
        var third = new StageSpec(StageKind.Source, StageSettings.Empty);

        var rows = await Store.EnsureStages([third, first, second, third]);

        rows.Select(r => r.Key).ShouldBe([third.Key, first.Key, second.Key, third.Key]);
        rows.Select(r => r.Status).ShouldBe([StageStatus.Pending, StageStatus.Done, StageStatus.Pending, StageStatus.Pending]);
        (await Store.FindStages([second.Key, "unknown", third.Key])).Select(r => r.Spec).ShouldBe([second, third]);
    }

    [Fact]
    public async Task A_done_stage_reads_back_whole_from_a_reopened_store()
    {
        var spec = await Fixture.Done(Spec(1, StageKind.Measure, "parent"), "sha-1");
        await Fixture.Reopen();

        var row = await Fixture.Row(spec);

        row.Spec.ShouldBe(spec);
        row.Spec.Key.ShouldBe(row.Key);
        (row.Status, row.Attempt, row.Crashes, row.Holder, row.LeaseLeft).ShouldBe((StageStatus.Done, 1, 0, null, null));
        (row.Artifact, row.Seconds, row.Error).ShouldBe(("sha-1", 1.5, null));
        row.Result!.Metrics.ShouldBe(Result.Metrics);
        row.Result.Notes.ShouldBe(Result.Notes);
        row.Result.Layers.ShouldBe(Result.Layers);
    }

    [Fact]
    public async Task Only_one_of_two_leases_at_the_same_attempt_is_granted_also_between_two_stores()
    {
        var specs = Enumerable.Range(0, 50).Select(i => Spec(i)).ToList();
        await Store.EnsureStages(specs);
        await using var other = Fixture.OpenAnother();

        var answers = await Task.WhenAll(specs.Select(spec => Task.WhenAll(
            Store.TryLease(spec.Key, 0, "here", Minute),
            other.TryLease(spec.Key, 0, "there", Minute))));

        foreach (var pair in answers)
        {
            var granted = pair.Where(row => row is not null).ShouldHaveSingleItem()!;
            (granted.Attempt, granted.Status, granted.LeaseLeft).ShouldBe((1, StageStatus.Leased, Minute));
            (await Fixture.Row(granted.Spec)).Holder.ShouldBe(granted.Holder);
        }
    }

    [Fact]
    public async Task A_lease_is_granted_again_only_after_it_expired_and_at_the_attempt_that_was_seen()
    {
        var spec = Spec(1);
        await Store.EnsureStages([spec]);
        await Store.TryLease(spec.Key, 0, "first", 30 * Second);

        Fixture.SetTime(Noon.AddSeconds(29));
        (await Store.TryLease(spec.Key, 1, "second", Minute)).ShouldBeNull();
        (await Fixture.Row(spec)).LeaseLeft.ShouldBe(Second);
        Fixture.SetTime(Noon.AddSeconds(31));
        (await Store.TryLease(spec.Key, 0, "second", Minute)).ShouldBeNull();
        (await Fixture.Row(spec)).LeaseLeft.ShouldBe(-Second);
        (await Store.TryLease(spec.Key, 1, "second", Minute))!.Attempt.ShouldBe(2);
        (await Store.TryLease("unknown", 0, "second", Minute)).ShouldBeNull();
    }

    [Fact]
    public async Task Done_and_failed_stages_are_not_leased()
    {
        var done = await Fixture.Done(Spec(1), "sha");
        var failed = Spec(2);
        await Store.EnsureStages([failed]);
        await Store.TryLease(failed.Key, 0, "me", Minute);
        await Store.EndAttempt(new StageLease(failed.Key, 1), "no", crash: false, final: true);

        Fixture.SetTime(Noon.AddHours(1));
        (await Store.TryLease(done.Key, 1, "me", Minute)).ShouldBeNull();
        (await Store.TryLease(failed.Key, 1, "me", Minute)).ShouldBeNull();
    }

    [Fact]
    public async Task A_repeated_completion_was_recorded_already_and_changes_nothing()
    {
        var spec = await Fixture.Done(Spec(1), "sha-1");

        (await Store.Complete(new StageLease(spec.Key, 1), "sha-2", StageResult.Empty, 9)).ShouldBe(CompletionAnswer.AlreadyRecorded);

        var row = await Fixture.Row(spec);
        (row.Artifact, row.Seconds).ShouldBe(("sha-1", 1.5));
    }

    [Fact]
    public async Task A_completion_of_an_attempt_that_was_taken_over_is_stale()
    {
        var spec = Spec(1);
        await Store.EnsureStages([spec]);
        await Store.TryLease(spec.Key, 0, "zombie", Second);
        Fixture.SetTime(Noon.AddSeconds(2));
        await Store.TryLease(spec.Key, 1, "heir", Minute);

        (await Store.Complete(new StageLease(spec.Key, 1), "sha-zombie", Result, 1)).ShouldBe(CompletionAnswer.Stale);
        (await Store.Complete(new StageLease(spec.Key, 2), "sha-heir", Result, 1)).ShouldBe(CompletionAnswer.Recorded);
        (await Store.Complete(new StageLease(spec.Key, 1), "sha-zombie", Result, 1)).ShouldBe(CompletionAnswer.Stale);
        (await Store.Complete(new StageLease("unknown", 1), null, Result, 1)).ShouldBe(CompletionAnswer.Stale);

        (await Fixture.Row(spec)).Artifact.ShouldBe("sha-heir");
    }

    [Fact]
    public async Task A_late_completion_counts_while_nobody_has_taken_over()
    {
        var spec = Spec(1);
        await Store.EnsureStages([spec]);
        await Store.TryLease(spec.Key, 0, "slow", Second);

        (await Store.Complete(new StageLease(spec.Key, 1), "sha", Result, 1)).ShouldBe(CompletionAnswer.Recorded);
    }

    [Fact]
    public async Task Renewing_prolongs_own_leases_and_names_the_lost_ones()
    {
        StageSpec mine = Spec(1), lost = Spec(2), done = await Fixture.Done(Spec(3), "sha");
        await Store.EnsureStages([mine, lost]);
        await Store.TryLease(mine.Key, 0, "me", Second);
        await Store.TryLease(lost.Key, 0, "me", Second);
        Fixture.SetTime(Noon.AddSeconds(2));
        await Store.TryLease(lost.Key, 1, "other", 9 * Second);

        var answer = await Store.Renew([new(mine.Key, 1), new(lost.Key, 1), new(done.Key, 1)], 5 * Minute);

        answer.ShouldBe([new StageLease(lost.Key, 1), new StageLease(done.Key, 1)]);
        (await Fixture.Row(mine)).LeaseLeft.ShouldBe(5 * Minute);
        (await Fixture.Row(lost)).LeaseLeft.ShouldBe(9 * Second);
    }

    [Fact]
    public async Task The_leases_of_a_pool_that_have_not_run_out_are_listed()
    {
        StageSpec leased = Spec(1), ranOut = Spec(2), pending = Spec(3), elsewhere = Spec(4), done = await Fixture.Done(Spec(5), "sha");
        await Store.EnsureStages([leased, ranOut, pending], "train/cpu");
        await Store.EnsureStages([elsewhere], "train/cuda");
        await Store.TryLease(leased.Key, 0, "me", 9 * Second);
        await Store.TryLease(ranOut.Key, 0, "me", 2 * Second);
        await Store.TryLease(elsewhere.Key, 0, "me", 9 * Second);
        Fixture.SetTime(Noon.AddSeconds(2));

        (await Store.ListLeased("train/cpu")).ShouldBe([leased.Key]);
        (await Store.FindStages([done.Key])).ShouldHaveSingleItem().Pool.ShouldBe("train/cpu");
    }

    [Fact]
    public async Task An_attempt_that_crashed_is_pending_again_and_counted_once()
    {
        var spec = Spec(1);
        await Store.EnsureStages([spec]);
        await Store.TryLease(spec.Key, 0, "me", Second);

        var row = await Store.EndAttempt(new StageLease(spec.Key, 1), "killed by SIGSEGV", crash: true, final: false);
        var repeated = await Store.EndAttempt(new StageLease(spec.Key, 1), "killed by SIGSEGV", crash: true, final: false);

        row.ShouldBe(repeated);
        (row!.Status, row.Crashes, row.Error, row.Holder, row.LeaseLeft).ShouldBe((StageStatus.Pending, 1, "killed by SIGSEGV", null, null));
        (await Store.EndAttempt(new StageLease("unknown", 1), null, false, false)).ShouldBeNull();
    }

    [Fact]
    public async Task An_attempt_released_without_reason_keeps_the_evidence_of_the_one_before()
    {
        var spec = Spec(1);
        await Store.EnsureStages([spec]);
        await Store.TryLease(spec.Key, 0, "me", Second);
        await Store.EndAttempt(new StageLease(spec.Key, 1), "killed by SIGSEGV", crash: true, final: false);
        await Store.TryLease(spec.Key, 1, "me", Second);

        var row = await Store.EndAttempt(new StageLease(spec.Key, 2), null, crash: false, final: false);

        (row!.Crashes, row.Error).ShouldBe((1, "killed by SIGSEGV"));
    }

    [Fact]
    public async Task A_failed_stage_is_tried_again_when_asked_with_its_crashes_forgiven()
    {
        var spec = Spec(1);
        var done = await Fixture.Done(Spec(2), "sha");
        await Store.EnsureStages([spec]);
        await Store.TryLease(spec.Key, 0, "me", Second);
        await Store.EndAttempt(new StageLease(spec.Key, 1), "poisoned", crash: true, final: true);
        (await Fixture.Row(spec)).Status.ShouldBe(StageStatus.Failed);

        await Store.Retry([spec.Key, done.Key]);

        var row = await Fixture.Row(spec);
        (row.Status, row.Crashes, row.Attempt, row.Error).ShouldBe((StageStatus.Pending, 0, 1, "poisoned"));
        (await Fixture.Row(done)).Status.ShouldBe(StageStatus.Done);
    }

    [Fact]
    public async Task Only_the_artifact_that_was_seen_is_invalidated()
    {
        var spec = await Fixture.Done(Spec(1), "sha-1");

        (await Store.Invalidate(spec.Key, "sha-other")).ShouldBeFalse();
        (await Store.Invalidate(spec.Key, "sha-1")).ShouldBeTrue();
        (await Store.Invalidate(spec.Key, "sha-1")).ShouldBeFalse();

        var row = await Fixture.Row(spec);
        (row.Status, row.Artifact, row.Result, row.Attempt).ShouldBe((StageStatus.Pending, null, null, 1));
    }

    [Fact]
    public async Task A_sole_process_ends_every_lease_at_its_start()
    {
        StageSpec leased = Spec(1), pending = Spec(2), done = await Fixture.Done(Spec(3), "sha");
        await Store.EnsureStages([leased, pending]);
        await Store.TryLease(leased.Key, 0, "dead", 60 * Minute);

        (await Store.ReleaseAll()).ShouldBe(1);

        var row = await Fixture.Row(leased);
        (row.Status, row.Holder, row.Attempt).ShouldBe((StageStatus.Pending, null, 1));
        (await Fixture.Row(done)).Status.ShouldBe(StageStatus.Done);
        (await Store.Complete(new StageLease(leased.Key, 1), "zombie", Result, 1)).ShouldBe(CompletionAnswer.Stale);
    }

    [Fact]
    public async Task A_holder_that_is_gone_loses_its_leases_and_no_other_does()
    {
        StageSpec first = Spec(1), second = Spec(2), others = Spec(3), ended = Spec(4);
        await Store.EnsureStages([first, second, others, ended]);
        foreach (var (spec, holder) in new[] { (first, "gone"), (second, "gone"), (others, "alive"), (ended, "gone") })
            await Store.TryLease(spec.Key, 0, holder, Minute);
        await Store.EndAttempt(new StageLease(ended.Key, 1), "no", crash: false, final: true);

        (await Store.ReleaseHolder("gone")).Order().ShouldBe(new[] { first.Key, second.Key }.Order());
        (await Store.ReleaseHolder("gone")).ShouldBeEmpty();

        (await Fixture.Row(first)).ShouldSatisfyAllConditions(
            r => r.Status.ShouldBe(StageStatus.Pending), r => r.Attempt.ShouldBe(1), r => r.Holder.ShouldBeNull(), r => r.LeaseLeft.ShouldBeNull());
        (await Fixture.Row(others)).Holder.ShouldBe("alive");
        (await Store.Complete(new StageLease(first.Key, 1), "zombie", Result, 1)).ShouldBe(CompletionAnswer.Stale);
    }

    [Fact]
    public async Task Stages_are_counted_by_kind_and_status()
    {
        await Fixture.Done(Spec(1), "sha");
        await Store.EnsureStages([Spec(2), Spec(3), Spec(4, StageKind.Measure, "parent")]);
        await Store.TryLease(Spec(3).Key, 0, "me", Minute);

        (await Store.CountStages()).OrderBy(c => c.Kind).ThenBy(c => c.Status).ShouldBe(
        [
            new(StageKind.Train, StageStatus.Pending, 1), new(StageKind.Train, StageStatus.Leased, 1), new(StageKind.Train, StageStatus.Done, 1),
            new(StageKind.Measure, StageStatus.Pending, 1),
        ]);
    }

    [Fact]
    public async Task Evidence_that_is_no_text_is_kept_as_far_as_it_is()
    {
        await Store.EnsureStages([Spec(1)]);
        await Store.TryLease(Spec(1).Key, 0, "me", Minute);

        await Store.EndAttempt(new StageLease(Spec(1).Key, 1), "torn \0 and \uD83D and whole \U0001F600", crash: true, final: false);

        (await Fixture.Row(Spec(1))).Error.ShouldBe("torn \uFFFD and \uFFFD and whole \U0001F600");
    }

    [Fact]
    public async Task A_stage_waits_in_the_pool_of_whoever_asked_last_and_stays_where_it_is_carried_out()
    {
        var (spec, measure) = (Spec(1), Spec(2, StageKind.Measure));
        (await Store.EnsureStages([spec, measure])).Select(r => r.Pool).ShouldBe(["train/cpu", "measure/local"]);

        (await Store.EnsureStages([spec], "train/cuda")).Single().Pool.ShouldBe("train/cuda");
        (await Store.EnsureStages([spec])).Single().Pool.ShouldBe("train/cuda");
        await Store.TryLease(spec.Key, 0, "me", TimeSpan.FromMinutes(1));
        await Store.EnsureStages([spec], "train/cpu");

        (await Fixture.Row(spec)).Pool.ShouldBe("train/cuda");
    }
}

public sealed class SqliteStageRowsTests() : StageRowsTests(new SqliteFixture());

public sealed class PostgresStageRowsTests(PostgresServer server) : StageRowsTests(new PostgresFixture(server)), IClassFixture<PostgresServer>;
