using System.Text.Json.Nodes;
using Grid.Client.Json;
using Grid.Experiments.Metrics;
using Grid.Experiments.Store;

namespace Grid.Client.Tests.Json;

public sealed class PointDocumentTests
{
    private sealed class OneFile(string path) : IArtifactStore
    {
        public string NewTemporaryPath() => throw new NotSupportedException();
        public Task<string> Adopt(string temporaryPath) => throw new NotSupportedException();
        public string? Find(string sha256) => path;
        public Task<string?> Fetch(string sha256) => throw new NotSupportedException();
        public Task<bool> Has(string sha256) => throw new NotSupportedException();
        public Task Remove(string sha256, TimeSpan leastAge) => throw new NotSupportedException();
        public Task<IReadOnlyList<StoredArtifact>> List() => throw new NotSupportedException();
        public Task<Leftovers> Leftovers(TimeSpan leastAge, bool remove) => throw new NotSupportedException();
        public Task<bool> Quarantine(string sha256) => throw new NotSupportedException();
    }

    private static readonly OneFile Artifacts = new("artifacts/x.onnx");

    private static JsonObject Write(object document) => JsonNode.Parse(JsonDocuments.Write(document))!.AsObject();

    private static IEnumerable<string> Names(JsonNode? node) => node!.AsObject().Select(p => p.Key);

    [Fact]
    public void A_point_has_exactly_the_members_of_the_contract()
    {
        var point = Write(PointDocument.Of(Samples.Outcome().Frontier[2], Artifacts));

        Names(point).ShouldBe(["trial", "config", "metrics", "artifact", "sha256", "trace"]);
        Names(point["metrics"]!["accuracy"]).ShouldBe(["value", "unit", "provenance", "low", "high"]);
        Names(point["metrics"]).ShouldBe(["accuracy", "latency-p50", "speedup", "size", "energy"]);
        point["metrics"]!["energy"]!["provenance"]!.GetValue<string>().ShouldBe("estimated");
        point["artifact"]!.GetValue<string>().ShouldBe(Path.GetFullPath("artifacts/x.onnx"));
    }

    [Fact]
    public void Settings_keep_their_keys_and_are_numbers_where_they_are_numbers()
    {
        var config = Write(PointDocument.Of(Samples.Outcome().Frontier[2], Artifacts))["config"]!;

        config["prune.ratio"]!.GetValue<double>().ShouldBe(0.95);
        config["quantize.scheme"]!.GetValue<string>().ShouldBe("static");
    }

    [Fact]
    public void What_is_unknown_is_null_and_present()
    {
        var point = Samples.Outcome().Frontier[0] with
        {
            Metrics = new Dictionary<string, Metric> { ["energy"] = Metric.Unavailable("J"), ["size"] = new(double.NaN, "By", Provenance.Measured) },
        };

        var metrics = Write(PointDocument.Of(point, Artifacts))["metrics"]!;

        foreach (var name in new[] { "energy", "size" })
        {
            Names(metrics[name]).ShouldBe(["value", "unit", "provenance", "low", "high"]);
            metrics[name]!["value"].ShouldBeNull();
        }
    }

    [Fact]
    public void The_document_of_run_has_exactly_the_members_of_the_contract()
    {
        var run = Write(new RunDocument("id", ExperimentStatus.Interrupted, new TrialCounts(3, 1, 1), new StageCounts(5, 4, 1), null, [], "local", null, [], ["The disk is full."]));

        Names(run).ShouldBe(["experiment", "status", "trials", "stages", "reference", "frontier", "device", "spent", "others", "problems"]);
        Names(run["trials"]).ShouldBe(["total", "succeeded", "failed"]);
        Names(run["stages"]).ShouldBe(["total", "computed", "reused"]);
        run["status"]!.GetValue<string>().ShouldBe("interrupted");
    }

    [Fact]
    public void The_document_of_frontier_has_exactly_the_members_of_the_contract()
    {
        var frontier = Write(new FrontierDocument("id", [ObjectiveDocument.Of(Samples.Sweep().Objectives[0])], 0.5, [], [], "local", [], []));

        Names(frontier).ShouldBe(["experiment", "objectives", "hypervolume", "frontier", "dominated", "device", "others", "problems"]);
        Names(frontier["objectives"]![0]).ShouldBe(["metric", "direction"]);
        frontier["objectives"]![0]!["direction"]!.GetValue<string>().ShouldBe("max");
    }
}
