using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Silo.Runners;

namespace Grid.Benchmarks.Sweeps;

/// <summary>
/// Carries out stages that take a given time and do nothing: what remains is the grid's own cost. Every model is the same few bytes, so
/// that the artifact store syncs once; metrics are drawn from the stage's key, so that frontiers are small, as real ones are.
/// </summary>
internal sealed class NoWork(Func<StageKind, TimeSpan> duration) : IStageExecutor
{
    private static readonly byte[] model = "a model"u8.ToArray();

    public async Task<StageReport> Execute(StageOrder order, TimeSpan timeLimit, StageObserver observer, CancellationToken cancellation)
    {
        var time = duration(order.Kind);
        if (time > TimeSpan.Zero)
            await Task.Delay(time, cancellation);
        var result = StageResult.Empty;
        if (order.Kind is StageKind.Measure or StageKind.Test)
            result = new StageResult(Metrics(order), [], []);
        else
            await File.WriteAllBytesAsync(order.OutputPath, model, cancellation);
        return new StageReport(StageOutcome.Done, result, time.TotalSeconds);
    }

    public ValueTask DisposeAsync() => default;

    private static Dictionary<string, Metric> Metrics(StageOrder order) => order.Kind == StageKind.Test
        ? new() { [MetricCatalog.TestAccuracy] = Metric.Exact(Share(order.Key, 0), "1") }
        : new()
        {
            [MetricCatalog.Accuracy] = Metric.Exact(Share(order.Key, 0), "1"),
            [MetricCatalog.Size] = Metric.Exact(Math.Round(1e6 * Share(order.Key, 8)), "By"),
        };

    private static double Share(string key, int place) => Convert.ToUInt32(key.Substring(place, 8), 16) / (double)uint.MaxValue;
}
