using Grid.Experiments.Results;
using Grid.Experiments.Sweeps;
using Grid.Tests;

namespace Grid.Cluster.Tests;

public sealed class DeviceClassTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_sweep_measured_on_machines_of_two_classes_has_a_frontier_of_each()
    {
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 0);
        var sweep = AnySweep.Of("classes", 2, 3) with { RunOn = new("cpu", ["xeon-1", "arm-1"]) };
        await cluster.Add("control,train", "first");
        await cluster.Add("measure", new Dictionary<string, string?> { ["GRID_DEVICE_CLASS"] = "xeon-1" }, "xeon");

        await cluster.Submit(sweep);
        await TestCluster.Until(async () => (await cluster.Client.Pools(sweep.Pools)).Any(p => p is { Pool: "measure/arm-1", Pending: 7, Workers: 0 }));
        await cluster.Add("measure", new Dictionary<string, string?> { ["GRID_DEVICE_CLASS"] = "arm-1" }, "arm");
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
        var row = (await cluster.Store.FindExperiment(ExperimentId.Of(sweep)))!;
        var xeon = await ExperimentResults.Load(cluster.Store, row);
        var arm = await ExperimentResults.Load(cluster.Store, row, device: "arm-1");
        (xeon.Device, xeon.Measured.Count, arm.Measured.Count).ShouldBe(("xeon-1", 7, 7));
        xeon.Frontier.Frontier.ShouldNotBeEmpty();
        arm.Frontier.Frontier.ShouldNotBeEmpty();
        var shown = (await cluster.Console("watch", row.Id).Answer(TestContext.Current.CancellationToken)).Split('\n');
        Left(shown, "report", "arm-1").ShouldEndWith("report-arm-1.html");
        Left(shown, "report", "xeon-1").ShouldEndWith("report.html");
        Directory.GetFiles(Left(shown, "models", "arm-1"), "*.onnx").Length.ShouldBe(arm.Frontier.Frontier.Count);
        var document = await cluster.Console("frontier", row.Id, "--json").Document(TestContext.Current.CancellationToken);
        ((string)document["device"]!, (string)document["others"]![0]!["device"]!).ShouldBe(("xeon-1", "arm-1"));
        // The stand-in draws numbers from the settings: those of one class are not those of the other.
        arm.Measured.Select(p => p.Metrics["size"].Value).ShouldNotBe(xeon.Measured.Select(p => p.Metrics["size"].Value));
    }

    /// <summary>The path that the console named, which must be there.</summary>
    private static string Left(string[] lines, string what, string device)
    {
        var path = lines.Single(l => l.StartsWith($"{what}  ") && l.EndsWith($"  ({device})"))[8..].Split("  ")[0];
        Path.Exists(path).ShouldBeTrue(path);
        return path;
    }

    [Fact]
    public async Task Stages_go_to_silos_with_the_accelerator_that_the_sweep_asks_for()
    {
        await using var cluster = TestCluster.Start(server, stageMilliseconds: 0);
        var sweep = AnySweep.Of("accelerator", 1, 2) with { RunOn = new("cuda", ["local"]) };
        await cluster.Add("control,train,measure", "processors");

        await cluster.Submit(sweep);
        await TestCluster.Until(async () => (await cluster.Client.Pools(sweep.Pools)).Any(p => p is { Pool: "train/cuda", Pending: 1, Workers: 0 }));
        await cluster.Add("train", new Dictionary<string, string?> { ["GRID_ACCELERATOR"] = "cuda" }, "gpu");
        await cluster.Ended(sweep);

        await cluster.ShouldBeWhole(sweep);
    }
}
