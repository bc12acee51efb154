using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Tests;
using static Grid.Experiments.Tests.Store.StoreFixture;

namespace Grid.Experiments.Tests.Store;

/// <summary>What the store remembers of traces, and what gauges read of it.</summary>
public abstract class TelemetryRowsTests(StoreFixture fixture) : StoreTests(fixture)
{
    private const string First = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private const string Second = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly TimeSpan minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_stage_remembers_where_its_last_traced_attempt_stands_also_when_it_is_done()
    {
        var spec = Spec(1);
        (await Store.EnsureStages([spec])).Single().Trace.ShouldBeNull();

        (await Store.TryLease(spec.Key, 0, "me", minute, First))!.Trace.ShouldBe(First);
        (await Store.EndAttempt(new StageLease(spec.Key, 1), "crashed", crash: true, final: false))!.Trace.ShouldBe(First);
        (await Store.TryLease(spec.Key, 1, "me", minute, Second))!.Trace.ShouldBe(Second);
        await Store.Complete(new StageLease(spec.Key, 2), "sha", Result, 1);

        (await Fixture.Row(spec)).Trace.ShouldBe(Second);
    }

    [Fact]
    public async Task An_experiment_remembers_where_it_was_last_started()
    {
        await Store.AddExperiment(Experiment());

        await Store.SetStatus("sweep-1", ExperimentStatus.Running, null, First);
        await Store.SetStatus("sweep-1", ExperimentStatus.Done, Noon);

        (await Store.FindExperiment("sweep-1"))!.Trace.ShouldBe(First);
        (await Store.CountExperiments()).ShouldBe([new(ExperimentStatus.Done, 1)]);
    }

    [Fact]
    public async Task Queues_tell_what_waits_and_for_how_long_while_an_experiment_runs()
    {
        await Store.AddExperiment(Experiment());
        await Store.EnsureStages([Spec(1), Spec(2)]);
        await Fixture.Done(Spec(3), "sha");
        Fixture.SetTime(Noon + minute);
        await Store.EnsureStages([Spec(4, StageKind.Measure, "parent")]);
        await Store.TryLease(Spec(1).Key, 0, "me", minute);
        await Store.TryLease(Spec(4, StageKind.Measure, "parent").Key, 0, "me", minute);
        Fixture.SetTime(Noon + (3 * minute));

        (await Store.ListQueues()).ShouldBe([new("measure/local", 0, 1, null), new("train/cpu", 1, 1, 3 * minute)]);

        await Store.SetStatus("sweep-1", ExperimentStatus.Paused, Noon);
        (await Store.ListQueues()).ShouldBeEmpty();

        Fixture.SetTime(Noon + (9 * minute));
        await Store.SetStatus("sweep-1", ExperimentStatus.Running, null);
        Fixture.SetTime(Noon + (10 * minute));
        (await Store.ListQueues()).Single(q => q.Pool == "train/cpu").Oldest.ShouldBe(minute);
    }
}

public sealed class SqliteTelemetryRowsTests() : TelemetryRowsTests(new SqliteFixture());

public sealed class PostgresTelemetryRowsTests(PostgresServer server) : TelemetryRowsTests(new PostgresFixture(server)), IClassFixture<PostgresServer>;
