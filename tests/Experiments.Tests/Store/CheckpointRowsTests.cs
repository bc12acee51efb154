using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Tests;
using static Grid.Experiments.Tests.Store.StoreFixture;

namespace Grid.Experiments.Tests.Store;

/// <summary>A checkpoint counts by the fence that results count by, and as long as the stage is still to be done.</summary>
public abstract class CheckpointRowsTests(StoreFixture fixture) : StoreTests(fixture)
{
    private static readonly TimeSpan minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_next_attempt_s_lease_carries_the_newest_of_the_one_before()
    {
        var spec = await Leased(1);

        (await Store.Checkpoint(new StageLease(spec.Key, 1), "sha-1")).ShouldBeTrue();
        (await Store.Checkpoint(new StageLease(spec.Key, 1), "sha-2")).ShouldBeTrue();
        (await Store.Checkpoint(new StageLease(spec.Key, 1), "sha-2")).ShouldBeTrue("a repeat after a lost answer");
        await Store.EndAttempt(new StageLease(spec.Key, 1), "killed by SIGKILL", crash: true, final: false);

        (await Store.TryLease(spec.Key, 1, "heir", minute))!.Checkpoint.ShouldBe("sha-2");
    }

    [Fact]
    public async Task One_of_an_attempt_that_is_not_the_current_one_does_not_count()
    {
        var spec = await Leased(1);
        Fixture.SetTime(Noon + (2 * minute));
        await Store.TryLease(spec.Key, 1, "heir", minute);
        await Store.Checkpoint(new StageLease(spec.Key, 2), "sha-heir");

        (await Store.Checkpoint(new StageLease(spec.Key, 1), "sha-zombie")).ShouldBeFalse();
        (await Store.Checkpoint(new StageLease("unknown", 1), "sha")).ShouldBeFalse();
        (await Fixture.Row(spec)).Checkpoint.ShouldBe("sha-heir");
    }

    [Fact]
    public async Task One_that_comes_after_the_end_of_its_attempt_does_not_count()
    {
        StageSpec released = await Leased(1), done = await Leased(2);
        await Store.EndAttempt(new StageLease(released.Key, 1), null, crash: false, final: false);
        await Store.Complete(new StageLease(done.Key, 1), "sha-model", Result, 1);

        (await Store.Checkpoint(new StageLease(released.Key, 1), "sha")).ShouldBeFalse();
        (await Store.Checkpoint(new StageLease(done.Key, 1), "sha")).ShouldBeFalse();
    }

    [Fact]
    public async Task It_outlives_the_end_of_every_lease()
    {
        var spec = await Leased(1);
        await Store.Checkpoint(new StageLease(spec.Key, 1), "sha");

        await Store.ReleaseAll();
        await Fixture.Reopen();

        (await Fixture.Row(spec)).Checkpoint.ShouldBe("sha");
    }

    [Fact]
    public async Task It_is_forgotten_when_the_stage_is_done_or_has_failed()
    {
        StageSpec done = await Leased(1), failed = await Leased(2);
        await Store.Checkpoint(new StageLease(done.Key, 1), "sha-1");
        await Store.Checkpoint(new StageLease(failed.Key, 1), "sha-2");

        await Store.Complete(new StageLease(done.Key, 1), "sha-model", Result, 1);
        await Store.EndAttempt(new StageLease(failed.Key, 1), "no", crash: false, final: true);

        (await Fixture.Row(done)).Checkpoint.ShouldBeNull();
        (await Fixture.Row(failed)).Checkpoint.ShouldBeNull();
        await Store.Invalidate(done.Key, "sha-model");
        await Store.Retry([failed.Key]);
        (await Store.TryLease(done.Key, 1, "me", minute))!.Checkpoint.ShouldBeNull();
        (await Store.TryLease(failed.Key, 1, "me", minute))!.Checkpoint.ShouldBeNull();
    }

    [Fact]
    public async Task Models_and_checkpoints_are_what_artifacts_are_for()
    {
        var running = await Leased(1);
        await Store.Checkpoint(new StageLease(running.Key, 1), "sha-0");
        await Store.Checkpoint(new StageLease(running.Key, 1), "sha-checkpoint");
        var model = await Fixture.Done(Spec(2), "sha-model");
        await Fixture.Done(Spec(3, StageKind.Measure, model.Key), "sha-model");

        (await Store.ListArtifacts()).ShouldBe(["sha-checkpoint", "sha-model"], ignoreOrder: true);
    }

    private async Task<StageSpec> Leased(int number)
    {
        var spec = Spec(number);
        await Store.EnsureStages([spec]);
        (await Store.TryLease(spec.Key, 0, "me", minute)).ShouldNotBeNull().Checkpoint.ShouldBeNull();
        return spec;
    }
}

public sealed class SqliteCheckpointRowsTests() : CheckpointRowsTests(new SqliteFixture());

public sealed class PostgresCheckpointRowsTests(PostgresServer server) : CheckpointRowsTests(new PostgresFixture(server)), IClassFixture<PostgresServer>;
