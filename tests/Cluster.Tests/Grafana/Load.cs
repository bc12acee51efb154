using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Tests;

namespace Grid.Cluster.Tests.Grafana;

/// <summary>Sweeps that keep a cluster busy as long as a test looks on.</summary>
internal sealed class Load(TestCluster cluster)
{
    private readonly List<Sweep> submitted = [];

    /// <summary>Of two seeds and three objectives, with a limit that some points break, measured on two classes of machines.</summary>
    public Sweep Main { get; } = Of("main", 3, 5) with
    {
        Seeds = [1, 2],
        RunOn = new("cpu", ["local", "arm-1"]),
        Objectives = [new("accuracy", Direction.Maximize), new("latency-p50", Direction.Minimize), new("size", Direction.Minimize)],
        Constraints = [new(Constraint.AccuracyDrop, AtMost: true, 0.2)],
    };

    /// <summary>Ids of those that may be looked at: the main one, one in which everything fails, one that finds what the main one did.</summary>
    public IReadOnlyList<string> Sweeps => [.. submitted.Take(3).Select(ExperimentId.Of)];

    public async Task Begin()
    {
        await Submit(Main);
        await Submit(Of("broken", 1, 1) with { Seeds = [7], RunOn = new("cuda", ["local"]) });
    }

    /// <summary>Begins another sweep when all have ended: first one that finds what the main one did.</summary>
    public async Task GoOn()
    {
        await Task.Delay(200, TestContext.Current.CancellationToken);
        if ((await cluster.Store.ListExperiments(ExperimentStatus.Running)).Count == 0)
            await Submit(submitted.Count == 2 ? Of("again", 3, 11) with { Seeds = [1, 2] } : Of($"more-{submitted.Count}", 3, 12) with { Seeds = [10 + submitted.Count] });
    }

    private static Sweep Of(string name, int ratios, int rates) => AnySweep.Of(name, ratios, rates);

    private async Task Submit(Sweep sweep)
    {
        await cluster.Submit(sweep);
        submitted.Add(sweep);
    }
}
