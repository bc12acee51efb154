using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Experiments.Tests.Frontier;

public sealed class SeparabilityTests
{
    private static readonly Objective[] Objectives = [Points.MostAccurate, Points.Fastest];

    [Theory]
    [InlineData(1.0, 1.1, 1.2, 1.3, true)]
    [InlineData(1.0, 1.2, 1.1, 1.3, false)]
    [InlineData(1.0, 1.2, 1.2, 1.3, false)]
    [InlineData(1.2, 1.3, 1.0, 1.1, true)]
    [InlineData(null, null, 1.2, 1.3, false)]
    [InlineData(1.0, 1.1, null, null, false)]
    [InlineData(1.0, 1.1, 1.2, null, false)]
    public void Intervals_that_are_known_and_apart_separate(double? lowA, double? highA, double? lowB, double? highB, bool separable)
    {
        var a = Latency(1.05, lowA, highA);
        var b = Latency(1.25, lowB, highB);
        Separability.AreSeparable(a, b, Objectives).ShouldBe(separable);
        Separability.AreSeparable(b, a, Objectives).ShouldBe(separable);
    }

    [Fact]
    public void One_objective_that_separates_is_enough() =>
        Separability.AreSeparable(
            Latency(1, 0.5, 2), Latency(1.5, 0.5, 2).With(MetricCatalog.Accuracy, Metric.Exact(0.8, "1")), Objectives).ShouldBeTrue();

    [Fact]
    public void Equal_points_are_not_separable() =>
        Separability.AreSeparable(Points.Of(1, 0.9, 1), Points.Of(2, 0.9, 1), Objectives).ShouldBeFalse();

    [Fact]
    public void Numbers_of_different_provenance_separate_nothing() =>
        Separability.AreSeparable(
            Points.Of(1, 0.9, 1).With(MetricCatalog.Energy, new(1, "J", Provenance.Measured, 1, 1)),
            Points.Of(2, 0.9, 1).With(MetricCatalog.Energy, new(2, "J", Provenance.Estimated, 2, 2)),
            [Points.Thriftiest]).ShouldBeFalse();

    private static Point Latency(double value, double? low, double? high) =>
        Points.Of(1, 0.9, 1).With(MetricCatalog.LatencyP50, new(value, "s", Provenance.Measured, low, high));
}
