using System.Text.Json.Nodes;
using Grid.Cluster.Tests.Processes;
using Grid.Experiments.Measurement.Machine;
using Grid.Experiments.Stages;
using Grid.Experiments.Telemetry;
using Grid.Tests;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Cluster.Tests.Telemetry;

/// <summary>The console by itself, with the runner that is shipped: traces from the submission into the training.</summary>
public sealed class ConsoleTraceTests : IDisposable
{
    private const int Epochs = 2;

    private const string Sweep = """
        name: traced
        model: { zoo: seed-cnn }
        data: { name: generated-digits, train: 500, validation: 200 }
        train: { epochs: 2 }
        pipeline: [prune, finetune, quantize]
        prune: { method: channel }
        finetune: { epochs: 1 }
        quantize: { scheme: static }
        space: { prune.ratio: [0.5] }
        objectives: { accuracy: max, size: min }
        """;

    private static readonly StageKind[] kinds = Enum.GetValues<StageKind>();

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Every_attempt_of_a_sweep_has_a_trace_that_leads_into_its_runner_and_is_found_from_the_result()
    {
        await using var receiver = await OtlpReceiver.Start();
        var environment = new Dictionary<string, string?>(receiver.Environment) { [MachineGate.FolderVariable] = folder.Path };
        File.WriteAllText(folder.File("sweep.yaml"), Sweep);

        var run = await Ask(environment, "run", folder.File("sweep.yaml"), "--home", folder.File("home"), "--slots", "1");

        var spans = receiver.Spans;
        var submit = spans.Of(Spans.Submit).ShouldHaveSingleItem();
        (submit.Service, submit.Text(Attributes.Sweep)).ShouldBe(("grid-console", (string)run["experiment"]!));
        var leases = spans.Of(Spans.Lease).ToList();
        leases.Select(l => l.Trace).ShouldBeUnique();
        leases.Select(l => l.Text(Attributes.StageKind)).Distinct().ShouldBe(kinds.Select(k => Words.Of(k)), ignoreOrder: true);
        leases.Select(l => l.Text(Attributes.StageAttempt)).ShouldAllBe(attempt => attempt == "1");
        foreach (var lease in leases)
        {
            lease.Links.ShouldBe([(submit.Trace, submit.Id)]);
            ShouldLeadIntoRunner(spans, lease);
        }
        spans.Of(Spans.RunnerStart).Count().ShouldBe(2);
        spans.ShouldBeAsDocumented();
        Spans.All.Where(s => !spans.Of(s).Any()).Select(s => s.Name).ShouldBeEmpty();

        var point = run["frontier"]![0]!;
        var details = await Ask([], "show", "latest", $"{point["trial"]}", "--home", folder.File("home"));
        var measured = leases.Single(l => l.Trace == (string)point["trace"]!);
        measured.Text(Attributes.StageKind).ShouldBe("measure");
        details["stages"]!.AsArray().Select(s => (string)s!["trace"]!)
            .ShouldBe(details["stages"]!.AsArray().Select(s => leases.Single(l => l.Text(Attributes.StageKey) == (string)s!["key"]!).Trace));
    }

    [Fact]
    public async Task An_endpoint_that_is_away_costs_neither_a_result_nor_a_word()
    {
        var environment = new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9",
            ["GRID_RUNNER"] = StandInProcess.File,
        };
        File.WriteAllText(folder.File("sweep.yaml"), Sweep);

        var run = await Ask(environment, "run", folder.File("sweep.yaml"), "--home", folder.File("home"));

        ((string)run["status"]!, (int)run["trials"]!["succeeded"]!).ShouldBe(("done", 2));
    }

    public void Dispose() => folder.Dispose();

    private static async Task<JsonNode> Ask(Dictionary<string, string?> environment, params string[] arguments)
    {
        using var console = Programs.Client(environment, [.. arguments, "--json"]);
        return await console.Document(TestContext.Current.CancellationToken);
    }

    private static void ShouldLeadIntoRunner(IReadOnlyList<ReceivedSpan> spans, ReceivedSpan lease)
    {
        var kind = kinds.Single(k => Words.Of(k) == lease.Text(Attributes.StageKind));
        var trace = spans.Where(s => s.Trace == lease.Trace).ToList();
        var attempt = trace.Of(Spans.Attempt).ShouldHaveSingleItem();
        (attempt.Parent, attempt.Service, attempt.Text(Attributes.Outcome)).ShouldBe((lease.Id, "grid-console", "done"));
        attempt.Links.ShouldBe(lease.Links);
        attempt.Attributes.Keys.ShouldBe(Spans.Attempt.Attributes.Select(a => a.Name), ignoreOrder: true);

        var execute = trace.Of(Spans.Execute).ShouldHaveSingleItem();
        (execute.Parent, execute.Service).ShouldBe((attempt.Id, "grid-runner"));
        var stage = trace.Of(Spans.Of(kind)).ShouldHaveSingleItem();
        stage.Parent.ShouldBe(execute.Id);
        (stage.End - stage.Begin).ShouldBeLessThanOrEqualTo(attempt.End - attempt.Begin);
        trace.Of(Spans.Export).Select(s => s.Parent).ShouldBe(kind is StageKind.Measure or StageKind.Test ? [] : [stage.Id]);
        trace.Of(Spans.Load).ShouldContain(s => s.Text(Attributes.Loaded) == "models" && s.Parent == execute.Id);
        if (kind == StageKind.Train)
            stage.Events.Select(e => (e.Name, e.Attributes[Attributes.Epoch.Name], e.Attributes[Attributes.Loss.Name] is double))
                .ShouldBe(Enumerable.Range(1, Epochs).Select(e => (Events.Epoch.Name, (object?)(long)e, true)));

        trace.Of(Spans.Record).ShouldHaveSingleItem().Parent.ShouldBe(attempt.Id);
        // And nothing that came of its end.
        trace.Of(Spans.Store).Select(s => s.Text(Attributes.StoreOperation)).ShouldBe(["TryLease", "Complete"], ignoreOrder: true);
    }
}
