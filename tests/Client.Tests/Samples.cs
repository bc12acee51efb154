using Grid.Client.Reading;
using Grid.Experiments.Datasets;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Client.Tests;

/// <summary>An experiment with a handful of points to draw and write.</summary>
internal static class Samples
{
    public static Sweep Sweep(string name = "fashion") => new()
    {
        Name = name,
        Model = new ModelSource("seed-cnn"),
        Data = new DataSettings("generated-digits", "0", null, 100, 1),
        Pipeline = [StageKind.Prune, StageKind.Quantize],
        Fixed = new StageSettings(new Dictionary<string, string> { ["train.epochs"] = "1" }),
        Space = [new ParameterDomain("prune.ratio", ["0", "0.5"]), new ParameterDomain("quantize.scheme", ["none", "static"])],
        Objectives = [new(MetricCatalog.Accuracy, Direction.Maximize), new(MetricCatalog.LatencyP50, Direction.Minimize), new(MetricCatalog.Size, Direction.Minimize)],
        Constraints = [new Constraint(Constraint.AccuracyDrop, true, 0.02)],
        Strategy = new StrategySettings("grid", null, 1),
        Seeds = [1],
        Measure = StageSettings.Empty,
        StageTimeLimit = TimeSpan.FromMinutes(1),
    };

    public static ExperimentRow Row(string id = "fashion-12345678", string name = "fashion", int minute = 0, ExperimentStatus status = ExperimentStatus.Done) =>
        new(id, name, """{"name":"fashion"}""", status, false, DateTimeOffset.UnixEpoch.AddMinutes(minute), null);

    public static Point Point(int trial, double accuracy, double latency, double size, params (string Key, string Value)[] config) => new(
        trial,
        new StageSettings(config.Select(c => KeyValuePair.Create(c.Key, c.Value))),
        1,
        new Dictionary<string, Metric>
        {
            [MetricCatalog.Size] = Metric.Exact(size, "By"),
            [MetricCatalog.Accuracy] = new(accuracy, "1", Provenance.Measured, accuracy - 0.004, accuracy + 0.004),
            [MetricCatalog.LatencyP50] = new(latency, "s", Provenance.Measured, latency * 0.98, latency * 1.02),
            [MetricCatalog.Speedup] = new(15e-6 / latency, "1", Provenance.Measured),
            [MetricCatalog.Energy] = new(size * 4e-12, "J", Provenance.Estimated),
        },
        trial.ToString("x64"));

    /// <summary>Five points: the reference, three on the frontier of which trial 2 is the knee, and one beaten.</summary>
    public static Outcome Outcome(string name = "fashion")
    {
        var reference = Point(0, 0.9755, 15.0e-6, 218_071);
        Point[] frontier =
        [
            Point(1, 0.9792, 8.25e-6, 109_000, ("prune.method", "channel"), ("prune.ratio", "0.5")),
            Point(2, 0.9710, 5.1e-6, 28_300, ("prune.method", "channel"), ("prune.ratio", "0.8")),
            Point(3, 0.9400, 4.2e-6, 9_100, ("prune.method", "channel"), ("prune.ratio", "0.95"), ("quantize.scheme", "static")),
        ];
        var beaten = Point(4, 0.9757, 28.7e-6, 156_333, ("quantize.scheme", "static"), ("quantize.bits", "8")) with
        {
            Notes = ["3 of 2,880 weights were saturated."],
            Layers = [new LayerReport("conv1", "Conv", "FusedConv", "float32", "int8")],
        };
        TrialRow[] trials =
        [
            .. Enumerable.Range(0, 5).Select(n => Trial(n, TrialStatus.Succeeded, null)),
            Trial(5, TrialStatus.Failed, "The runner was killed by signal 11 three times."),
        ];
        return new Outcome(Row(name: name), Sweep(name), trials, reference, frontier, [reference, beaten], 0.123, frontier[1]);
    }

    private static TrialRow Trial(int number, TrialStatus status, string? error) =>
        new("fashion-12345678", number, "{}", number == 0, status, $"leaf{number}", $"test{number}", error);
}
