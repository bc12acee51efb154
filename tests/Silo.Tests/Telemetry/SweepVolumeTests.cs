using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;
using Grid.Silo.Telemetry;
using Grid.Tests;

namespace Grid.Silo.Tests.Telemetry;

public sealed class SweepVolumeTests
{
    private static readonly Sweep sweep = AnySweep.Of("volume", 1, 1);

    private static readonly TrialMetrics reference = new(
        0, new TrialConfiguration(StageSettings.Empty, sweep.Seeds[0]).Canonical, IsReference: true,
        new Dictionary<string, Metric>
        {
            [MetricCatalog.Accuracy] = Metric.Exact(0.9, "1"),
            [MetricCatalog.Size] = Metric.Exact(100, "By"),
        },
        "sha");

    [Fact]
    public async Task What_was_read_before_the_store_failed_is_told_once_it_is_back()
    {
        // A whole page, so that another is asked for.
        var page = Enumerable.Range(1, 5_000).Select(i => new EventRow(
            "volume", i, DateTimeOffset.UnixEpoch, i == 1 ? EventKinds.TrialSucceeded : EventKinds.StageRetried, """{"trial":0}""")).ToList();
        var reads = new Queue<Func<IReadOnlyList<EventRow>>>([() => page, () => throw new StoreException("away"), () => []]);
        var volume = new SweepVolume(
            Answering.As(method => method switch
            {
                nameof(IExperimentStore.ReadEvents) => Task.FromResult(reads.Dequeue()()),
                nameof(IExperimentStore.ListMetrics) => Task.FromResult<IReadOnlyList<TrialMetrics>>([reference]),
                _ => throw new NotSupportedException(method),
            }),
            "volume", sweep, run: new object());

        await Should.ThrowAsync<StoreException>(volume.Read);
        await volume.Read();

        volume.Value.ShouldNotBeNull();
    }

    /// <summary>A store of which only what is asked for here is there.</summary>
    [SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "The proxy is a subtype made at run time.")]
    private class Answering : DispatchProxy
    {
        private Func<string, object>? answer;

        public static IExperimentStore As(Func<string, object> answer)
        {
            var store = Create<IExperimentStore, Answering>();
            ((Answering)(object)store).answer = answer;
            return store;
        }

        protected override object? Invoke(MethodInfo? method, object?[]? arguments) => answer!(method!.Name);
    }
}
