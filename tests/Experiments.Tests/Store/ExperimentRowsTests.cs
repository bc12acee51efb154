using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Tests;
using static Grid.Experiments.Tests.Store.StoreFixture;

namespace Grid.Experiments.Tests.Store;

public abstract class ExperimentRowsTests(StoreFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task Adding_an_experiment_again_answers_the_one_that_stands()
    {
        var first = await Store.AddExperiment(Experiment());
        var again = await Store.AddExperiment(Experiment() with { Name = "other" });

        first.ShouldBe(Experiment());
        again.ShouldBe(Experiment());
        (await Store.FindExperiment("sweep-1")).ShouldBe(Experiment());
        (await Store.FindExperiment("unknown")).ShouldBeNull();
    }

    [Fact]
    public async Task What_an_experiment_took_is_kept_and_goes_with_it()
    {
        await Store.AddExperiment(Experiment() with { Status = ExperimentStatus.Done });
        var counted = new Spending(12.5, new Metric(3_000.25, "J", Provenance.Attributed), 7, 2, "energy");

        (await Store.FindSpending("sweep-1")).ShouldBeNull();
        await Store.SaveSpending("sweep-1", Spending.None);
        (await Store.FindSpending("sweep-1")).ShouldBe(Spending.None);
        await Store.SaveSpending("sweep-1", counted);
        await Store.SaveSpending("sweep-1", counted);
        (await Store.FindSpending("sweep-1")).ShouldBe(counted);
        await Store.DeleteExperiment("sweep-1", []);
        (await Store.FindSpending("sweep-1")).ShouldBeNull();
    }

    [Fact]
    public async Task Experiments_are_listed_oldest_first()
    {
        await Store.AddExperiment(Experiment("b") with { CreatedAt = Noon.AddDays(1) });
        await Store.AddExperiment(Experiment("c"));
        await Store.AddExperiment(Experiment("a") with { CreatedAt = Noon.AddDays(2) });

        (await Store.ListExperiments()).Select(e => e.Id).ShouldBe(["c", "b", "a"]);
    }

    [Fact]
    public async Task Experiments_of_one_status_are_listed_oldest_first()
    {
        await Store.AddExperiment(Experiment("b") with { CreatedAt = Noon.AddDays(1) });
        await Store.AddExperiment(Experiment("c"));
        await Store.AddExperiment(Experiment("a") with { Status = ExperimentStatus.Interrupted });

        (await Store.ListExperiments(ExperimentStatus.Running)).Select(e => e.Id).ShouldBe(["c", "b"]);
        (await Store.ListExperiments(ExperimentStatus.Done)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repeated_start_leaves_a_cancel_request_alone()
    {
        await Store.AddExperiment(Experiment());
        await Store.RequestCancel("sweep-1");

        await Store.SetStatus("sweep-1", ExperimentStatus.Running, null);

        (await Store.FindExperiment("sweep-1"))!.CancelRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task A_cancel_request_stands_until_the_experiment_runs_again()
    {
        await Store.AddExperiment(Experiment());

        await Store.RequestCancel("sweep-1");
        await Store.SetStatus("sweep-1", ExperimentStatus.Cancelled, Noon.AddHours(1));
        var cancelled = await Store.FindExperiment("sweep-1");
        await Store.SetStatus("sweep-1", ExperimentStatus.Running, null);
        var running = await Store.FindExperiment("sweep-1");

        (cancelled!.Status, cancelled.CancelRequested, cancelled.FinishedAt).ShouldBe((ExperimentStatus.Cancelled, true, Noon.AddHours(1)));
        (running!.Status, running.CancelRequested, running.FinishedAt).ShouldBe((ExperimentStatus.Running, false, null));
    }

    [Fact]
    public async Task A_pause_request_stands_until_it_is_taken_back_or_the_experiment_runs_again()
    {
        await Store.AddExperiment(Experiment());

        await Store.RequestPause("sweep-1", true);
        await Store.SetStatus("sweep-1", ExperimentStatus.Running, null);
        var asked = await Store.FindExperiment("sweep-1");
        await Store.SetStatus("sweep-1", ExperimentStatus.Paused, Noon.AddHours(1));
        var paused = (await Store.ListExperiments(ExperimentStatus.Paused)).ShouldHaveSingleItem();
        await Store.SetStatus("sweep-1", ExperimentStatus.Running, null);
        var running = await Store.FindExperiment("sweep-1");
        await Store.RequestPause("sweep-1", true);
        await Store.RequestPause("sweep-1", false);

        (asked!.Status, asked.PauseRequested).ShouldBe((ExperimentStatus.Running, true));
        (paused.PauseRequested, paused.FinishedAt).ShouldBe((true, Noon.AddHours(1)));
        (running!.Status, running.PauseRequested, running.FinishedAt).ShouldBe((ExperimentStatus.Running, false, null));
        (await Store.FindExperiment("sweep-1"))!.PauseRequested.ShouldBeFalse();
        await Should.ThrowAsync<StoreException>(() => Store.RequestPause("nowhere", true));
    }

    [Fact]
    public async Task A_share_of_the_pools_stands_from_the_first_and_each_part_of_it_can_be_changed()
    {
        await Store.AddExperiment(Experiment());
        var added = await Store.AddExperiment(Experiment("limited") with { Share = new PoolShare(-10, 4) });
        await Store.SetPriority("sweep-1", 10);
        await Store.SetMostSlots("sweep-1", 1);
        await Store.SetStatus("sweep-1", ExperimentStatus.Running, null);

        added.Share.ShouldBe(new PoolShare(-10, 4));
        (await Store.FindExperiment("sweep-1"))!.ShouldBe(Experiment() with { Share = new PoolShare(10, 1) });
        await Store.SetMostSlots("limited", null);
        (await Store.FindShares(["sweep-1", "limited", "nowhere"])).ShouldBe(
            new Dictionary<string, PoolShare> { ["sweep-1"] = new(10, 1), ["limited"] = new(-10, null), ["nowhere"] = PoolShare.Usual }, ignoreOrder: true);
        await Should.ThrowAsync<StoreException>(() => Store.SetPriority("nowhere", 1));
        await Should.ThrowAsync<StoreException>(() => Store.SetMostSlots("nowhere", 1));
    }

    [Fact]
    public async Task Deleting_an_experiment_leaves_others_and_what_is_leased_and_can_be_repeated()
    {
        var (done, leased, shared) = (Spec(1), Spec(2), Spec(3));
        await Fixture.Done(done, "sha-done");
        await Fixture.Done(shared, "sha-shared");
        await Store.EnsureStages([leased]);
        await Store.TryLease(leased.Key, 0, "me", TimeSpan.FromMinutes(1));
        await Store.AddExperiment(Experiment() with { Status = ExperimentStatus.Done });
        await Store.AddExperiment(Experiment("other"));
        await Store.AddTrials([Trial(0), Trial(0) with { Experiment = "other" }]);
        await Store.AppendEvent("sweep-1", "started", "{}", Noon);

        await Store.DeleteExperiment("sweep-1", [done.Key, leased.Key]);
        await Store.DeleteExperiment("sweep-1", [done.Key, leased.Key]);

        (await Store.ListExperiments()).ShouldHaveSingleItem().Id.ShouldBe("other");
        (await Store.ListTrials("sweep-1")).ShouldBeEmpty();
        (await Store.ReadEvents("sweep-1", 0, 10)).ShouldBeEmpty();
        (await Store.ListTrials("other")).ShouldHaveSingleItem();
        (await Store.ListStageLinks()).OrderBy(l => l.Status).ShouldBe(
        [
            new StageLinks(leased.Key, StageStatus.Leased, null, null, null, null),
            new StageLinks(shared.Key, StageStatus.Done, null, null, "sha-shared", null),
        ]);
        (await Should.ThrowAsync<StoreException>(() => Store.DeleteExperiment("other", []))).Message.ShouldContain("other runs");
    }

    [Fact]
    public async Task Only_an_experiment_that_does_not_run_gets_another_sweep()
    {
        await Store.AddExperiment(Experiment());
        (await Should.ThrowAsync<StoreException>(() => Store.ExtendExperiment("sweep-1", "{}"))).Message.ShouldContain("sweep-1 runs");
        await Store.SetStatus("sweep-1", ExperimentStatus.Paused, Noon);

        await Store.ExtendExperiment("sweep-1", "{\"name\":\"wider\"}");

        (await Store.FindExperiment("sweep-1"))!.Sweep.ShouldBe("{\"name\":\"wider\"}");
        await Should.ThrowAsync<StoreException>(() => Store.ExtendExperiment("nowhere", "{}"));
    }

    [Fact]
    public async Task An_unknown_experiment_is_named()
    {
        (await Should.ThrowAsync<StoreException>(() => Store.RequestCancel("nowhere"))).Message.ShouldContain("no experiment 'nowhere'");
        await Should.ThrowAsync<StoreException>(() => Store.SetStatus("nowhere", ExperimentStatus.Done, null));
        await Should.ThrowAsync<StoreException>(() => Store.AddTrials([Trial(0)]));
        await Should.ThrowAsync<StoreException>(() => Store.AppendEvent("nowhere", "started", "{}", Noon));
    }

    [Fact]
    public async Task Adding_trials_again_leaves_those_that_are_there_alone()
    {
        await Store.AddExperiment(Experiment());
        await Store.AddTrials([Trial(1), Trial(0)]);
        await Store.FinishTrial("sweep-1", 1, TrialStatus.Failed, "why", "trial-failed", "{}", Noon);

        await Store.AddTrials([Trial(0), Trial(1), Trial(2)]);

        (await Store.ListTrials("sweep-1")).ShouldBe([Trial(0), Trial(1) with { Status = TrialStatus.Failed, Error = "why" }, Trial(2)]);
    }

    [Fact]
    public async Task Finishing_a_trial_again_tells_of_it_once()
    {
        await Store.AddExperiment(Experiment());
        await Store.AddTrials([Trial(0)]);

        await Store.FinishTrial("sweep-1", 0, TrialStatus.Succeeded, null, "trial-succeeded", "{\"trial\":0}", Noon);
        await Store.FinishTrial("sweep-1", 0, TrialStatus.Succeeded, null, "trial-succeeded", "{\"trial\":0}", Noon.AddHours(1));

        (await Store.ReadEvents("sweep-1", 0, 10)).ShouldBe([new EventRow("sweep-1", 1, Noon, "trial-succeeded", "{\"trial\":0}")]);
        (await Store.ListTrials("sweep-1"))[0].Status.ShouldBe(TrialStatus.Succeeded);
    }

    [Fact]
    public async Task A_trial_that_failed_can_succeed_when_it_is_tried_again()
    {
        await Store.AddExperiment(Experiment());
        await Store.AddTrials([Trial(0)]);
        await Store.FinishTrial("sweep-1", 0, TrialStatus.Failed, "why", "trial-failed", "{}", Noon);

        await Store.FinishTrial("sweep-1", 0, TrialStatus.Succeeded, null, "trial-succeeded", "{}", Noon);

        (await Store.ListTrials("sweep-1")).ShouldBe([Trial(0) with { Status = TrialStatus.Succeeded }]);
        (await Store.ReadEvents("sweep-1", 0, 10)).Select(e => e.Kind).ShouldBe(["trial-failed", "trial-succeeded"]);
    }

    [Fact]
    public async Task Events_are_numbered_per_experiment_and_read_in_pages()
    {
        await Store.AddExperiment(Experiment());
        await Store.AddExperiment(Experiment("other"));

        var numbers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Store.AppendEvent("sweep-1", "k", $"{i}", Noon)));
        var other = await Store.AppendEvent("other", "k", "{}", Noon);

        numbers.Order().ShouldBe(Enumerable.Range(1, 100).Select(i => (long)i));
        other.ShouldBe(1);
        (await Store.ReadEvents("sweep-1", 0, 30)).Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, 30).Select(i => (long)i));
        (await Store.ReadEvents("sweep-1", 95, 30)).Count.ShouldBe(5);
        (await Store.ReadEvents("sweep-1", 100, 30)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Results_are_the_succeeded_trials_with_their_leaf_model_and_test()
    {
        var model = await Fixture.Done(Spec(1), "sha-model");
        var leaf = await Fixture.Done(Spec(2, StageKind.Measure, model.Key), "sha-model");
        var test = await Fixture.Done(Spec(3, StageKind.Test, model.Key), "sha-model");
        var pendingTest = Spec(4, StageKind.Test, model.Key);
        await Store.EnsureStages([pendingTest]);
        await Store.AddExperiment(Experiment());
        await Store.AddTrials(
        [
            Trial(0, leaf.Key, test.Key), Trial(1, leaf.Key, pendingTest.Key), Trial(2, leaf.Key, "never-ensured"), Trial(3, leaf.Key, test.Key),
        ]);
        foreach (var number in new[] { 2, 0, 1 })
            await Store.FinishTrial("sweep-1", number, TrialStatus.Succeeded, null, "trial-succeeded", "{}", Noon);
        await Store.FinishTrial("sweep-1", 3, TrialStatus.Failed, "why", "trial-failed", "{}", Noon);

        var results = await Store.ListResults("sweep-1");

        results.Select(r => r.Trial.Number).ShouldBe([0, 1, 2]);
        results.ShouldAllBe(r => r.Artifact == "sha-model" && r.Leaf.Key == leaf.Key && r.Leaf.Result!.Metrics["accuracy"].Value == 0.91);
        results.Select(r => r.Test?.Key).ShouldBe([test.Key, null, null]);
        (await Store.ListResults("unknown")).ShouldBeEmpty();
        (await Store.ListResults("sweep-1", max: 2)).Select(r => r.Trial.Number).ShouldBe([0, 1]);
        (await Store.ListResults("sweep-1", after: 0, max: 2)).Select(r => r.Trial.Number).ShouldBe([1, 2]);
        (await Store.ListResults("sweep-1", after: 2)).ShouldBeEmpty();
        var metrics = await Store.ListMetrics("sweep-1");
        metrics.Select(m => (m.Number, m.Config, m.IsReference, m.Artifact)).ShouldBe(
            results.Select(r => (r.Trial.Number, r.Trial.Config, r.Trial.IsReference, r.Artifact)));
        metrics.ShouldAllBe(m => m.Metrics.SequenceEqual(Result.Metrics));
        (await Store.ListMetrics("unknown")).ShouldBeEmpty();
        (await Store.ListMetrics("sweep-1", after: 0, max: 1)).Select(m => m.Number).ShouldBe([1]);
    }

    [Fact]
    public async Task Each_device_class_has_results_of_its_own()
    {
        var model = await Fixture.Done(Spec(1), "sha-model");
        var leaf = await Fixture.Done(Spec(2, StageKind.Measure, model.Key), "sha-model");
        var onArm = await Fixture.Done(Spec(3, StageKind.Measure, model.Key), "sha-model");
        await Store.AddExperiment(Experiment());
        MeasurementRow[] further = [new("sweep-1", 0, "arm", onArm.Key), new("sweep-1", 1, "arm", "not-yet-measured")];
        await Store.AddTrials([Trial(0, leaf.Key), Trial(1, leaf.Key)], further);
        await Store.AddTrials([Trial(0, leaf.Key), Trial(1, leaf.Key)], further);
        foreach (var number in new[] { 0, 1 })
            await Store.FinishTrial("sweep-1", number, TrialStatus.Succeeded, null, "trial-succeeded", "{}", Noon);

        (await Store.ListResults("sweep-1")).Select(r => (r.Trial.Number, r.Leaf.Key)).ShouldBe([(0, leaf.Key), (1, leaf.Key)]);
        (await Store.ListResults("sweep-1", "arm")).Select(r => (r.Trial.Number, r.Leaf.Key)).ShouldBe([(0, onArm.Key)]);
        (await Store.ListResults("sweep-1", "arm", after: 0)).ShouldBeEmpty();
        (await Store.ListResults("sweep-1", "xeon")).ShouldBeEmpty();
        (await Store.ListMetrics("sweep-1")).Select(m => m.Number).ShouldBe([0, 1]);
        (await Store.ListMetrics("sweep-1", "arm")).Select(m => m.Number).ShouldBe([0]);
        (await Store.ListMetrics("sweep-1", "arm", after: 0)).ShouldBeEmpty();
    }
}

public sealed class SqliteExperimentRowsTests() : ExperimentRowsTests(new SqliteFixture());

public sealed class PostgresExperimentRowsTests(PostgresServer server) : ExperimentRowsTests(new PostgresFixture(server)), IClassFixture<PostgresServer>;
