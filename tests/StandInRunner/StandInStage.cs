using System.Security.Cryptography;
using System.Text;
using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Metrics;
using Grid.Experiments.Running;
using Grid.Experiments.Stages;

namespace Grid.StandInRunner;

/// <summary>
/// A test double of every stage: models are a few bytes drawn from the stage's key and its input, metrics are drawn from the model.
/// Deterministic, and done in no time.
/// </summary>
internal static class StandInStage
{
    /// <summary>A joule a stage, on machines that were told what a core takes; the others do not count.</summary>
    private static readonly StageCost? cost = Environment.GetEnvironmentVariable(MeterSettings.CoreWattsVariable) is { Length: > 0 }
        ? new StageCost(new Metric(1, "J", Provenance.Estimated), MachineMeters.CoreWattsName, null)
        : null;

    public static StageResult Execute(StageOrder order, IRunnerLink link) => Carry(order, link) with { Cost = cost };

    private static StageResult Carry(StageOrder order, IRunnerLink link)
    {
        OrderInputs.Check(order);
        Behaviour.Before(order, link);
        link.Started();
        Behaviour.During(order, link);
        var input = order.InputPath is { } path ? File.ReadAllBytes(path) : [];
        switch (order.Kind)
        {
            case StageKind.Measure:
                return Result(MetricCatalog.All.Where(m => m.Name != MetricCatalog.TestAccuracy), order, input);
            case StageKind.Test:
                return Result(MetricCatalog.All.Where(m => m.Name == MetricCatalog.TestAccuracy), order, input);
            default:
                File.WriteAllBytes(order.OutputPath, SHA256.HashData([.. Encoding.UTF8.GetBytes(order.Key), .. input]));
                return order.CheckpointPath is { } checkpoint
                    ? StageResult.Empty with { Notes = [$"went on from: {File.ReadAllText(checkpoint)}"] }
                    : StageResult.Empty;
        }
    }

    private static StageResult Result(IEnumerable<MetricDefinition> metrics, StageOrder order, byte[] input) => new(
        metrics.ToDictionary(m => m.Name, m => Draw(m, order, input)), [], []);

    private static Metric Draw(MetricDefinition metric, StageOrder order, byte[] input)
    {
        var hash = SHA256.HashData([.. Encoding.UTF8.GetBytes(metric.Name + order.Settings.Canonical), .. input]);
        var share = BitConverter.ToUInt32(hash) / (double)uint.MaxValue;
        return metric.Unit switch
        {
            "By" => Metric.Exact(Math.Round(1_000 + (share * 100_000)), metric.Unit),
            "s" => new Metric(1e-6 + (share * 1e-4), metric.Unit, Provenance.Measured),
            "1/s" => new Metric(1e3 + (share * 1e5), metric.Unit, Provenance.Measured),
            "J" => new Metric(1e-7 + (share * 1e-5), metric.Unit, Provenance.Estimated),
            _ => Metric.Exact(0.5 + (share / 2), metric.Unit),
        };
    }
}
