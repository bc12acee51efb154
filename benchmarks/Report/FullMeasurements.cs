using Grid.Benchmarks.Sweeps;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Silo.Runners;

namespace Grid.Benchmarks.Report;

/// <summary>Does no work, and reports of it as much as a real measurement does: every metric with its interval, ten layers, notes.</summary>
internal sealed class FullMeasurements : IStageExecutor
{
    private const int Layers = 10;
    private readonly NoWork nothing = new(_ => TimeSpan.Zero);

    public async Task<StageReport> Execute(StageOrder order, TimeSpan timeLimit, StageObserver observer, CancellationToken cancellation)
    {
        var report = await nothing.Execute(order, timeLimit, observer, cancellation);
        return report with
        {
            Result = order.Kind == StageKind.Measure
                ? new StageResult(Metrics(order.Key), ["A note as long as most of them are, which says how this was measured."], [.. Enumerable.Range(0, Layers).Select(i => Layer(order.Key, i))])
                : report.Result! with { Notes = ["A note of the stage."] },
        };
    }

    public ValueTask DisposeAsync() => nothing.DisposeAsync();

    private static Dictionary<string, Metric> Metrics(string key) => MetricCatalog.All.Where(m => m.Name != MetricCatalog.TestAccuracy)
        .Select((metric, i) => (metric, Value: 0.1 + Convert.ToUInt32(key.Substring(4 * i, 8), 16) / (double)uint.MaxValue))
        .ToDictionary(m => m.metric.Name, m => new Metric(m.Value, m.metric.Unit, Provenance.Measured, m.Value * 0.98, m.Value * 1.02));

    private static LayerReport Layer(string key, int number) =>
        key[number] < '8' ? new($"layer{number}", "Conv", "QLinearConv", "int8", "int8") : new($"layer{number}", "Conv", "FusedConv", "float32", "float32");
}
