using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Silo.Runners;

namespace Grid.Silo.Tests.Hosting;

/// <summary>
/// Carries out stages in this process: models are drawn from the stage's key and its input, so that equal work gives equal files. A test
/// can make any stage end differently.
/// </summary>
internal sealed class ScriptedExecutor : IStageExecutor
{
    private int computing;
    private int measuring;

    /// <summary>How a stage ends; null for as it should. Called when it begins.</summary>
    public Func<StageOrder, CancellationToken, Task<StageReport?>> Script { get; set; } = (_, _) => Task.FromResult<StageReport?>(null);

    /// <summary>What every stage says that it took.</summary>
    public StageCost? Cost { get; set; }

    /// <summary>Orders carried out, in the order in which they began.</summary>
    public ConcurrentQueue<StageOrder> Orders { get; } = [];

    /// <summary>Whether anything else was ever under way while something was measured.</summary>
    public bool Overlapped { get; private set; }

    public async Task<StageReport> Execute(StageOrder order, TimeSpan timeLimit, StageObserver observer, CancellationToken cancellation)
    {
        Orders.Enqueue(order);
        Begin(order.Kind, 1);
        try
        {
            var report = await Script(order, cancellation) ?? Done(order);
            return report with { Result = report.Result with { Cost = Cost } };
        }
        finally
        {
            Begin(order.Kind, -1);
        }
    }

    public ValueTask DisposeAsync() => default;

    public static StageReport Ended(StageOutcome outcome, string error) => new(outcome, StageResult.Empty, 0.1, error);

    private static StageReport Done(StageOrder order)
    {
        if (order.Kind is StageKind.Measure or StageKind.Test)
            return new StageReport(StageOutcome.Done, Measured(order), 0.01);
        byte[] input = order.InputPath is { } path ? File.ReadAllBytes(path) : [];
        File.WriteAllBytes(order.OutputPath, SHA256.HashData([.. Encoding.UTF8.GetBytes(order.Key), .. input]));
        return new StageReport(StageOutcome.Done, StageResult.Empty, 0.01);
    }

    private static StageResult Measured(StageOrder order)
    {
        var share = Convert.ToInt32(order.InputSha256![..4], 16) / 65536.0;
        return order.Kind == StageKind.Test
            ? new StageResult(new Dictionary<string, Metric> { [MetricCatalog.TestAccuracy] = Metric.Exact(share, "1") }, [], [])
            : new StageResult(
                new Dictionary<string, Metric>
                {
                    [MetricCatalog.Accuracy] = Metric.Exact(share, "1"),
                    [MetricCatalog.Size] = Metric.Exact(1000 * share, "By"),
                },
                [], []);
    }

    private void Begin(StageKind kind, int change)
    {
        var mine = kind == StageKind.Measure ? Interlocked.Add(ref measuring, change) : Interlocked.Add(ref computing, change);
        var other = kind == StageKind.Measure ? Volatile.Read(ref computing) : Volatile.Read(ref measuring);
        if (change > 0 && (other > 0 || (kind == StageKind.Measure && mine > 1)))
            Overlapped = true;
    }
}
