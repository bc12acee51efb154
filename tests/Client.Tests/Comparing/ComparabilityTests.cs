using Grid.Client.Comparing;
using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;
using Grid.Experiments.Results;
using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;

namespace Grid.Client.Tests.Comparing;

/// <summary>Which numbers may stand beside each other.</summary>
public sealed class ComparabilityTests
{
    private static readonly Sweep sweep = StoredSweep.Sweep;

    [Fact]
    public void Times_of_other_machines_are_not_compared_and_speed_ups_are()
    {
        var other = On(sweep with { RunOn = new("cpu", ["arm"]) });

        Obstacle(other, MetricCatalog.LatencyP50).ShouldBe("one is of local, the other of arm: other machines take other times");
        Obstacle(other, MetricCatalog.Throughput).ShouldNotBeNull();
        Obstacle(other, MetricCatalog.Speedup).ShouldBeNull();
        Obstacle(other, MetricCatalog.Size).ShouldBeNull();
        Obstacle(other, MetricCatalog.Accuracy).ShouldBeNull();
    }

    [Fact]
    public void Energy_that_a_meter_measured_is_of_its_machine_and_an_estimate_is_not()
    {
        var other = On(sweep with { RunOn = new("cpu", ["arm"]) });

        Obstacle(other, MetricCatalog.Energy).ShouldNotBeNull();
        Comparability.Obstacle(On(sweep), other, MetricCatalog.Energy, Provenance.Estimated, Provenance.Estimated).ShouldBeNull();
        Comparability.Obstacle(On(sweep), On(sweep), MetricCatalog.Energy, Provenance.Measured, Provenance.Estimated).ShouldBe("one is measured, the other estimated");
    }

    [Fact]
    public void Accuracy_is_of_its_images()
    {
        Obstacle(On(sweep with { Data = sweep.Data with { SplitSeed = 2 } }), MetricCatalog.Accuracy).ShouldBe("they are of other validation images");
        Obstacle(On(sweep with { Data = sweep.Data with { SplitSeed = 2 } }), MetricCatalog.TestAccuracy).ShouldBeNull();
        Obstacle(On(sweep with { Data = sweep.Data with { ContentHash = "1" } }), MetricCatalog.TestAccuracy).ShouldBe("they are of other data");
        Obstacle(On(sweep with { Data = sweep.Data with { TrainCount = 7 } }), MetricCatalog.Accuracy).ShouldBeNull();
    }

    [Fact]
    public void A_speed_up_is_over_its_own_network()
    {
        Obstacle(On(sweep with { Model = new("lenet-300-100") }), MetricCatalog.Speedup)!.ShouldContain("not the same network");
        Obstacle(On(sweep with { Measure = new([new("threads", "2")]) }), MetricCatalog.Speedup).ShouldBe("one was measured with 1 threads, the other with 2");
    }

    [Theory]
    [InlineData(0.97, 0.96, 0.98, 0.99, 0.985, 0.995, "b", true)]
    [InlineData(0.97, 0.96, 0.98, 0.975, 0.965, 0.985, "b", false)]
    [InlineData(0.97, 0.96, 0.98, 0.97, 0.96, 0.98, null, false)]
    public void The_better_of_two_is_told_and_whether_they_can_be_told_apart(
        double a, double lowOfA, double highOfA, double b, double lowOfB, double highOfB, string? better, bool separable)
    {
        var compared = MetricComparison.Of(
            On(sweep), On(sweep), MetricCatalog.Accuracy, With(new(a, "1", Provenance.Measured, lowOfA, highOfA)), With(new(b, "1", Provenance.Measured, lowOfB, highOfB)));

        (compared.Better, compared.Separable, compared.Obstacle).ShouldBe((better, separable, null));
        compared.Difference!.Value.ShouldBe(b - a);
        compared.Ratio!.Value.ShouldBe(b / a);
    }

    [Fact]
    public void An_unknown_spread_separates_nothing_and_an_unknown_number_is_not_compared()
    {
        var unknown = MetricComparison.Of(
            On(sweep), On(sweep), MetricCatalog.Accuracy, With(new(0.9, "1", Provenance.Measured)), With(new(0.8, "1", Provenance.Measured, 0.79, 0.81)));
        var missing = MetricComparison.Of(On(sweep), On(sweep), MetricCatalog.Accuracy, With(new(0.9, "1", Provenance.Measured)), With(Metric.Unavailable("1")));

        (unknown.Better, unknown.Separable).ShouldBe(("a", null));
        (missing.Better, missing.Difference, missing.Obstacle).ShouldBe((null, null, "it is not known of B"));
    }

    private static string? Obstacle(Side other, string metric) => Comparability.Obstacle(On(sweep), other, metric, Provenance.Measured, Provenance.Measured);

    private static Side On(Sweep sweep) => new(Samples.Row(), ExperimentResults.Of(sweep, [], [], device: sweep.Devices[0]));

    private static Point With(Metric accuracy) => new(1, StageSettings.Empty, 1, new Dictionary<string, Metric> { [MetricCatalog.Accuracy] = accuracy }, "");
}
