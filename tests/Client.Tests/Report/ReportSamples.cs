using Grid.Client.Reading;
using Grid.Client.Report;
using Grid.Experiments.Analysis;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Randomness;
using Grid.Experiments.Results;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Client.Tests.Report;

/// <summary>Reports of sweeps that were never run: as many models as one likes, with settings of their own and numbers that follow from them.</summary>
internal static class ReportSamples
{
    public static Sweep Sweep(string name = "sample") => Samples.Sweep(name) with
    {
        Pipeline = [StageKind.Prune, StageKind.FineTune, StageKind.Quantize],
        Space =
        [
            new("prune.method", ["magnitude", "channel"]), new("prune.ratio", null, new ParameterRange(0.1, 0.95, false, false, null)),
            new("finetune.epochs", ["0", "1", "2"]), new("quantize.scheme", ["none", "weights", "static"]),
        ],
        Constraints = [new Constraint(Constraint.AccuracyDrop, true, 0.05)],
        Objectives =
        [
            new(MetricCatalog.Accuracy, Direction.Maximize), new(MetricCatalog.LatencyP50, Direction.Minimize),
            new(MetricCatalog.Energy, Direction.Minimize), new(MetricCatalog.Size, Direction.Minimize),
        ],
    };

    /// <param name="models">The uncompressed one among them.</param>
    /// <param name="devices">Classes of machines; the numbers are of the first.</param>
    /// <param name="spread">How far apart their numbers lie: 0 for all the same.</param>
    public static ReportData Of(int models, string name = "sample", ExperimentStatus status = ExperimentStatus.Done, int failed = 0, string error = "It failed.", TraceLink? traces = null,
        IReadOnlyList<string>? devices = null, double spread = 1)
    {
        var sweep = Sweep(name) with { RunOn = devices is null ? null : new("cpu", devices) };
        var space = new SearchSpace(sweep);
        var random = new RandomStream(7);
        var points = new List<Point>();
        for (var trial = 0; trial < models; trial++)
            points.Add(PointOf(trial, trial == 0 ? space.Reference() : space.At([.. space.Domains.Select(_ => random.NextDouble())]), random, name, spread));
        TrialRow[] trials =
        [
            .. points.Select(p => Row(p.Trial, TrialStatus.Succeeded, null)),
            .. Enumerable.Range(models, failed).Select(n => Row(n, TrialStatus.Failed, error)),
        ];
        var references = points.Take(1).ToDictionary(p => p.Seed);
        var results = new ExperimentResults
        {
            Sweep = sweep,
            Device = sweep.Devices[0],
            Trials = trials,
            Measured = points,
            Points = points,
            References = references,
            Reference = points.FirstOrDefault(),
            Frontier = SweepFrontier.Of(points, sweep.Objectives, sweep.Constraints, references),
        };
        var row = new ExperimentRow("sample-12345678", name, SweepJson.Write(sweep), status, false, DateTimeOffset.UnixEpoch, null);
        return new(
            Outcome.Of(row, results), results, [.. points.Select(p => new TrialEnd(p.Trial, (p.Trial + 1) * 1.5))],
            new Spending(models * 1.5, Metric.Unavailable("J"), 0, models, null),
            new ReportFacts("ten digits drawn by a program", true, "Linux, 2 processors", DateTimeOffset.UnixEpoch, "0.1.0", traces));
    }

    private static Point PointOf(int trial, StageSettings config, RandomStream random, string note, double spread)
    {
        var kept = 1 - (config.OptionalNumber("prune.ratio") ?? 0);
        var isInt8 = config.GetValueOrDefault("quantize.scheme") is "weights" or "static";
        var size = 218_000 * (1 - spread * (1 - (config.GetValueOrDefault("prune.method") == "channel" ? kept : 1) * (isInt8 ? 0.25 : 1)));
        var accuracy = 0.9 + spread * (-0.1 * (1 - kept) * (1 - kept) + 0.004 * (config.OptionalInteger("finetune.epochs") ?? 0) - 0.01 * random.NextDouble());
        var latency = 15e-6 * (0.3 + 0.7 * size / 218_000) * (1 + 0.1 * spread * random.NextDouble());
        return new(trial, config, 1, new Dictionary<string, Metric>
        {
            [MetricCatalog.Accuracy] = new(accuracy, "1", Provenance.Measured, accuracy - 0.004, accuracy + 0.004),
            [MetricCatalog.LatencyP50] = new(latency, "s", Provenance.Measured, latency * 0.97, latency * 1.03),
            [MetricCatalog.Speedup] = new(15e-6 / latency, "1", Provenance.Measured),
            [MetricCatalog.Size] = Metric.Exact(Math.Round(size), "By"),
            [MetricCatalog.Energy] = new(size * 1e-10, "J", Provenance.Estimated),
        }, trial.ToString("x64"))
        {
            Notes = [$"A note of {note}."],
            Layers = [new LayerReport("conv1", "Conv", isInt8 ? "QLinearConv" : "FusedConv", isInt8 ? "int8" : "float32", isInt8 ? "int8" : "float32")],
            Trace = trial.ToString("x32"),
        };
    }

    private static TrialRow Row(int number, TrialStatus status, string? error) =>
        new("sample-12345678", number, "{}", number == 0, status, $"leaf{number}", $"test{number}", error);
}
