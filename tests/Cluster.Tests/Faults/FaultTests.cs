using Grid.Tests;

namespace Grid.Cluster.Tests.Faults;

/// <summary>Real processes, really killed. After each fault every trial has exactly one result, the one of an undisturbed run.</summary>
public sealed class FaultTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_worker_that_is_killed_costs_no_result()
    {
        await using var cluster = TestCluster.Start(server);
        var sweep = AnySweep.Of("worker", 4, 8);
        await cluster.Add("control,measure", "control");
        // Long enough to be found at it, short enough that something ends all the time.
        var workers = await cluster.Add("train", new Dictionary<string, string?> { ["STAND_IN_BEHAVE"] = "finetune=sleep:800" }, "victim", "other");
        await cluster.Submit(sweep);
        await cluster.Trials(sweep, 2);

        await Recovery.Measure(cluster, sweep, "SIGKILL of a worker", workers[0].Kill, victim: "victim");
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
    }

    [Fact]
    public async Task Control_silos_that_are_killed_cost_no_result_whether_they_host_the_experiment_or_not()
    {
        await using var cluster = TestCluster.Start(server);
        var sweep = AnySweep.Of("control", 5, 16);
        var controls = await cluster.Add("control", "first", "second");
        await cluster.Add("train,measure", "worker");
        await cluster.Submit(sweep);
        await cluster.Trials(sweep, 3);

        var host = await cluster.HostOf(sweep);
        await Recovery.Measure(cluster, sweep, "SIGKILL of the silo that hosts the experiment", controls.Single(c => c.Name == host).Kill);
        controls = [controls.Single(c => c.Name != host), .. await cluster.Add("control", "third")];
        // Work may flow again before anybody has taken the experiment over.
        await TestCluster.Until(async () =>
        {
            host = await cluster.HostOf(sweep);
            return controls.Any(c => c.Name == host);
        });
        await Recovery.Measure(cluster, sweep, "SIGKILL of another control silo", controls.Single(c => c.Name != host).Kill);
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
    }

    [Fact]
    public async Task A_sweep_goes_on_by_itself_after_every_silo_was_killed_at_once()
    {
        await using var cluster = TestCluster.Start(server);
        var sweep = AnySweep.Of("all", 3, 5);
        var silos = await cluster.Add("control,train,measure", "first", "second");
        await cluster.Submit(sweep);
        await cluster.Trials(sweep, 3);

        await Recovery.Measure(cluster, sweep, "SIGKILL of every silo, and the start of one", () =>
        {
            foreach (var silo in silos)
                silo.Kill();
            cluster.Begin("third", "control,train,measure");
        });
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
    }

    [Fact]
    public async Task A_worker_that_was_frozen_and_wakes_up_is_not_counted()
    {
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 300);
        var sweep = AnySweep.Of("zombie", 3, 5);
        await cluster.Add("control,measure", "control");
        var workers = await cluster.Add("train", "zombie", "other");
        await cluster.Submit(sweep);
        await cluster.Trials(sweep, 2);

        await Recovery.Measure(cluster, sweep, "SIGSTOP of a worker", workers[0].Freeze, victim: "zombie");
        await TestCluster.Until(async () => !(await cluster.Client.Pools()).SelectMany(p => p.Running).Any(r => r.Holder.StartsWith("zombie")));
        workers[0].Thaw();
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
        // It learns that it was taken for dead, and ends itself.
        await workers[0].End(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_silo_that_is_told_to_stop_ends_what_it_runs_and_exits_with_zero()
    {
        await using var cluster = TestCluster.Start(server);
        var sweep = AnySweep.Of("stop", 4, 8);
        await cluster.Add("control,measure", "control");
        var workers = await cluster.Add("train", "stops", "stays");
        await cluster.Submit(sweep);
        await cluster.Trials(sweep, 3);

        await Recovery.Measure(cluster, sweep, "SIGTERM of a worker", workers[0].Terminate, victim: "stops");
        (await workers[0].End(TestContext.Current.CancellationToken)).ShouldBe(0, workers[0].Output);
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
        var stages = await cluster.Store.FindStages([.. Grid.Experiments.Sweeps.Planning.SweepPlan.Of(sweep).StageKeys]);
        stages.ShouldAllBe(s => s.Crashes == 0);
    }
}
