using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using CsCheck;
using Grid.Experiments.Metrics;
using Grid.Experiments.Results;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Tests.Store;
using Grid.Experiments.Tests.Sweeps;

namespace Grid.Experiments.Tests.Results;

public sealed class RunningFrontierTests
{
    private static readonly Sweep sweep = SweepBuilder.Build([StageKind.Prune], [SweepBuilder.List("prune.ratio", "0", "0.5")]) with
    {
        Objectives = [new(MetricCatalog.Accuracy, Direction.Maximize), new(MetricCatalog.Size, Direction.Minimize)],
    };

    private static readonly ExperimentRow experiment = StoreFixture.Experiment() with { Sweep = SweepJson.Write(sweep) };

    [Fact]
    public async Task In_whatever_order_trials_succeed_at_most_twice_as_many_are_read_and_the_volume_is_that_of_all() =>
        await Gen.Shuffle(Enumerable.Range(0, 30).ToArray()).SampleAsync(async order =>
        {
            await using var fixture = new SqliteFixture();
            await fixture.Store.AddExperiment(experiment);
            var (store, read) = Counted.Of(fixture.Store);
            var frontier = new RunningFrontier(store, experiment.Id, sweep);
            foreach (var some in order.Chunk(7))
            {
                foreach (var number in some)
                    await Succeed(fixture, number);
                (await frontier.Read(some)).ShouldBeTrue();

                frontier.Hypervolume.ShouldBe((await ExperimentResults.Load(fixture.Store, experiment)).Frontier.Hypervolume);
            }
            // Of a range that is read at least half is new.
            read().ShouldBeInRange(30, 60);
            (await frontier.Read([])).ShouldBeFalse();
        }, iter: 10);

    [Fact]
    public async Task What_is_measured_anew_is_read_when_it_is_there()
    {
        await using var fixture = new SqliteFixture();
        await fixture.Store.AddExperiment(experiment);
        await Succeed(fixture, 0);
        await Succeed(fixture, 1);
        await fixture.Store.Invalidate(Leaf(1).Key, "sha-1");
        var frontier = new RunningFrontier(fixture.Store, experiment.Id, sweep);

        await frontier.Read([0, 1]);
        var without = frontier.Hypervolume;
        await fixture.Done(Leaf(1), "sha-1", Measured(1));

        (await frontier.Read([])).ShouldBeTrue();
        frontier.Hypervolume.ShouldNotBe(without);
        frontier.Hypervolume.ShouldBe((await ExperimentResults.Load(fixture.Store, experiment)).Frontier.Hypervolume);
    }

    [Fact]
    public async Task A_trial_that_succeeds_again_otherwise_frees_what_was_let_go_of_for_its_sake()
    {
        await using var fixture = new SqliteFixture();
        await fixture.Store.AddExperiment(experiment);
        var frontier = new RunningFrontier(fixture.Store, experiment.Id, sweep);
        await Succeed(fixture, 0);
        await Succeed(fixture, 1, Numbers(0.9, 100));
        await Succeed(fixture, 2, Numbers(0.8, 110));
        await frontier.Read([0, 1, 2]);
        var before = frontier.Hypervolume;

        await fixture.Store.Invalidate(Leaf(1).Key, "sha-1");
        await fixture.Done(Leaf(1), "sha-1", Numbers(0.6, 190));

        (await frontier.Read([1])).ShouldBeTrue();
        frontier.Hypervolume.ShouldNotBe(before);
        frontier.Hypervolume.ShouldBe((await ExperimentResults.Load(fixture.Store, experiment)).Frontier.Hypervolume);
    }

    private static async Task Succeed(SqliteFixture fixture, int number, StageResult? result = null)
    {
        await fixture.Done(Leaf(number), $"sha-{number}", result ?? Measured(number));
        var configuration = new TrialConfiguration(number == 0 ? StageSettings.Empty : new([new("prune.ratio", $"0.{number}")]), 1);
        await fixture.Store.AddTrials(
            [StoreFixture.Trial(number, Leaf(number).Key) with { Config = configuration.Canonical, IsReference = number == 0 }]);
        await fixture.Store.FinishTrial(experiment.Id, number, TrialStatus.Succeeded, null, "trial-succeeded", "{}", StoreFixture.Noon);
    }

    private static StageSpec Leaf(int number) => new(StageKind.Measure, new StageSettings([new("number", $"{number}")]), null, null);

    /// <summary>Neither in the order of the numbers nor all on the frontier.</summary>
    private static StageResult Measured(int number) => Numbers(0.5 + (number * 7 % 30 / 100.0), number == 0 ? 200 : 100 + (number * 11 % 30));

    private static StageResult Numbers(double accuracy, double size) => new(
        new Dictionary<string, Metric> { [MetricCatalog.Accuracy] = Metric.Exact(accuracy, "1"), [MetricCatalog.Size] = Metric.Exact(size, "By") }, [], []);

    /// <summary>Counts the results that a store gives.</summary>
    [SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "The proxy is a subtype made at run time.")]
    private class Counted : DispatchProxy
    {
        private IExperimentStore? inner;
        private int results;

        public static (IExperimentStore Store, Func<int> Read) Of(IExperimentStore inner)
        {
            var store = Create<IExperimentStore, Counted>();
            var counted = (Counted)(object)store;
            counted.inner = inner;
            return (store, () => counted.results);
        }

        protected override object? Invoke(MethodInfo? method, object?[]? arguments)
        {
            var answer = method!.Invoke(inner, arguments);
            if (answer is Task<IReadOnlyList<TrialMetrics>> read)
                results += read.GetAwaiter().GetResult().Count;
            return answer;
        }
    }
}
