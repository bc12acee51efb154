using Grid.Experiments.Sweeps;
using Grid.Experiments.Telemetry;
using Grid.Tests;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Cluster.Tests.Telemetry;

/// <summary>Traces across processes: console, control silo, worker.</summary>
public sealed class ClusterTraceTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private const string Sweep = """
        name: traced
        model: { zoo: lenet-300-100 }
        pipeline: [prune]
        space: { prune.ratio: [0.5] }
        objectives: { accuracy: max, size: min }
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_trace_goes_on_across_silos_and_links_to_the_submission_and_to_the_attempt_before()
    {
        await using var receiver = await OtlpReceiver.Start();
        await using var cluster = TestCluster.Start(server);
        // The first attempt at a training crashes its runner, the second does not.
        var environment = new Dictionary<string, string?>(receiver.Environment) { ["STAND_IN_BEHAVE"] = "train=checkpoint" };
        await cluster.Add("control", environment, "control");
        await cluster.Add("train,measure", environment, "worker");
        File.WriteAllText(folder.File("sweep.yaml"), Sweep);

        var submitted = await cluster.Console(receiver.Environment, "run", folder.File("sweep.yaml"), "--detach", "--json").Document(TestContext.Current.CancellationToken);
        var id = (string)submitted["experiment"]!;
        await TestCluster.Until(async () => (await cluster.Store.FindExperiment(id))!.Status == Experiments.Store.ExperimentStatus.Done);
        var stages = await cluster.Store.FindStages(
            [.. Experiments.Sweeps.Planning.SweepPlan.Of(SweepJson.Read((await cluster.Store.FindExperiment(id))!.Sweep)).StageKeys]);
        // Spans are told when their processes find the time; the last is the one of recording the last end.
        await receiver.Until(spans => stages.All(stage => spans.Of(Spans.Attempt).Any(s => s.Trace == Traceparent.TraceId(stage.Trace))));
        await receiver.Until(spans => spans.All(s => s.Parent.Length == 0 || spans.Any(p => p.Id == s.Parent)));

        var spans = receiver.Spans;
        spans.ShouldBeAsDocumented();
        var submit = spans.Of(Spans.Submit).ShouldHaveSingleItem();
        submit.Service.ShouldBe("grid-console");
        var train = spans.Of(Spans.Attempt).Where(s => s.Text(Attributes.StageKind) == "train").OrderBy(s => s.Begin).ToList();
        train.Select(s => (s.Text(Attributes.StageAttempt), s.Text(Attributes.Outcome), s.Failed)).ShouldBe([("1", "crashed", true), ("2", "done", false)]);
        train.ShouldAllBe(s => s.Text(Attributes.Silo) == "worker");
        train[0].Links.ShouldBe([(submit.Trace, submit.Id)]);
        train[1].Links.ShouldBe([(submit.Trace, submit.Id), (train[0].Trace, train[0].Parent)]);
        stages.Single(s => s.Spec.Kind == Experiments.Stages.StageKind.Train).Trace.ShouldBe($"00-{train[1].Trace}-{train[1].Parent}-01");

        // The worker's report goes to a grain of the control silo, which writes it down.
        var written = spans.Single(s => s.Trace == train[1].Trace && s.Name == Spans.Store.Name && s.Text(Attributes.StoreOperation) == "Complete");
        var above = spans.Above(written).Select(s => s.Name).ToList();
        above.ShouldBe([Spans.Complete.Name, Spans.Record.Name, Spans.Attempt.Name, Spans.Lease.Name]);
    }

    public void Dispose() => folder.Dispose();
}
