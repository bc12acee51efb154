using Grid.Cluster.Tests.Processes;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Planning;
using Grid.Tests;

namespace Grid.Cluster.Tests.Faults;

/// <summary>What becomes of a stage whose process is killed in the middle of it, for memory or by hand.</summary>
public sealed class RunnerFaultTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_runner_that_is_killed_in_the_middle_of_a_stage_costs_an_attempt_and_no_result()
    {
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 0);
        var sweep = AnySweep.Of("runner", 2, 3);
        await cluster.Add("control,measure", "control");
        // The one training takes long enough to be found at it.
        var worker = (await cluster.Add("train", new Dictionary<string, string?> { ["STAND_IN_BEHAVE"] = "train=sleep:3000" }, "worker")).Single();
        await cluster.Submit(sweep);
        await TestCluster.Until(async () => (await cluster.Client.Pools()).SelectMany(p => p.Running).Any(r => r is { Kind: StageKind.Train, Text.Length: > 0 }));

        await Recovery.Measure(
            cluster, sweep, "SIGKILL of a runner", () => ProcessTable.ChildrenOf(worker.Id).ToList().ForEach(ChildProcess.Kill), victim: "worker");
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
        worker.HasExited.ShouldBeFalse(worker.Output);
        var stages = await cluster.Store.FindStages([.. SweepPlan.Of(sweep).StageKeys]);
        stages.Where(s => s.Crashes > 0).Select(s => s.Crashes).ShouldBe([1]);
        stages.Single(s => s.Crashes > 0).Error!.ShouldContain("SIGKILL");
    }
}
