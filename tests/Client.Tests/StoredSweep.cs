using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;

namespace Grid.Client.Tests;

/// <summary>
/// An experiment in a home folder as a finished run leaves it: trial 0 is the uncompressed model, 1 to 3 are on the frontier with 2 as its
/// knee, 4 is beaten, 5 loses more accuracy than the sweep allows, 6 failed.
/// </summary>
internal static class StoredSweep
{
    public const string Failure = "The runner was killed by signal 11 three times.";

    public static Sweep Sweep { get; } = Samples.Sweep() with { Pipeline = [StageKind.Prune], Space = [new("prune.ratio", ["0", "0.5", "0.6", "0.7", "0.8", "0.9", "0.95"])] };

    public static string Id { get; } = ExperimentId.Of(Sweep);

    /// <summary>The same sweep, measured on machines of another class first, on which everything takes as long, and on this one.</summary>
    public static Sweep OnTwoClasses { get; } = Sweep with { Name = "classes", RunOn = new("cpu", ["arm", "local"]) };

    private static readonly (string? Ratio, double Accuracy, double Latency, double Size)[] Measured =
    [
        (null, 0.97, 15e-6, 200_000), ("0.5", 0.968, 9e-6, 100_000), ("0.6", 0.967, 5e-6, 40_000), ("0.7", 0.955, 4.5e-6, 30_000),
        ("0.8", 0.950, 6e-6, 45_000), ("0.9", 0.5, 2e-6, 9_000),
    ];

    /// <summary>What every model takes on the other class of machines, in seconds.</summary>
    public const double Slow = 1e-3;

    /// <summary>What the model file of a trial holds.</summary>
    public static byte[] Model(int trial) => [.. Enumerable.Repeat((byte)trial, 1000)];

    public static Task AddTo(TemporaryHome home, ExperimentStatus status = ExperimentStatus.Done) => AddTo(home, Sweep, status);

    public static Task AddTwoClassesTo(TemporaryHome home) => AddTo(home, OnTwoClasses);

    /// <param name="sweep">Like <see cref="Sweep"/>, but for its name and the machines it runs on.</param>
    public static async Task AddTo(TemporaryHome home, Sweep sweep, ExperimentStatus status = ExperimentStatus.Done)
    {
        var id = ExperimentId.Of(sweep);
        await home.Store.AddExperiment(new(id, sweep.Name, SweepJson.Write(sweep), ExperimentStatus.Running, false, DateTimeOffset.UnixEpoch, null));
        for (var number = 0; number < Measured.Length; number++)
        {
            var (ratio, accuracy, latency, size) = Measured[number];
            var chain = await AddTrial(home, sweep, number, ratio);
            // A measurement names the model it measured.
            foreach (var stage in chain.Stages)
                await Finish(home, stage, stage.Kind == StageKind.Measure || stage.Key == chain.Leaves[0].Parent ? Model(number) : [0xFF], Result(stage, accuracy, latency, size));
            await home.Store.FinishTrial(id, number, TrialStatus.Succeeded, null, "trial-succeeded", "{}", DateTimeOffset.UnixEpoch);
        }
        await AddTrial(home, sweep, Measured.Length, "0.95");
        await home.Store.FinishTrial(id, Measured.Length, TrialStatus.Failed, Failure, "trial-failed", "{}", DateTimeOffset.UnixEpoch);
        if (status != ExperimentStatus.Running)
            await home.Store.SetStatus(id, status, DateTimeOffset.UnixEpoch.AddMinutes(2));
    }

    private static async Task<TrialChain> AddTrial(TemporaryHome home, Sweep sweep, int number, string? ratio)
    {
        var configuration = new TrialConfiguration(ratio is null ? StageSettings.Empty : new([new("prune.ratio", ratio)]), 1);
        var chain = TrialChain.Of(sweep, configuration);
        var id = ExperimentId.Of(sweep);
        await home.Store.AddTrials(
            [new(id, number, configuration.Canonical, number == 0, TrialStatus.Pending, chain.Leaves[0].Key, chain.Test.Key, null)],
            [.. sweep.Devices.Zip(chain.Leaves).Skip(1).Select(pair => new MeasurementRow(id, number, pair.First, pair.Second.Key))]);
        await home.Store.EnsureStages(chain.Stages);
        return chain;
    }

    private static async Task Finish(TemporaryHome home, StageSpec stage, byte[] model, StageResult result)
    {
        var leased = await home.Store.TryLease(stage.Key, 0, "test", TimeSpan.FromMinutes(1));
        if (leased is null)
            return;
        var file = home.Artifacts.NewTemporaryPath();
        await File.WriteAllBytesAsync(file, model);
        await home.Store.Complete(new(stage.Key, leased.Attempt), await home.Artifacts.Adopt(file), result, 1.5);
    }

    private static StageResult Result(StageSpec stage, double accuracy, double latency, double size) => stage.Kind switch
    {
        StageKind.Prune => new(new Dictionary<string, Metric>(), ["3 filters were kept."], []),
        StageKind.Measure => new(
            new Dictionary<string, Metric>
            {
                [MetricCatalog.Accuracy] = Metric.Exact(accuracy, "1"),
                [MetricCatalog.LatencyP50] = Metric.Exact(stage.Settings.ContainsKey("device") ? Slow : latency, "s"),
                [MetricCatalog.Size] = Metric.Exact(size, "By"),
            },
            [], [new LayerReport("conv1", "Conv", "FusedConv", "float32", "float32")]),
        _ => StageResult.Empty,
    };
}
