using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Experiments.Tests.Frontier;

public sealed class BestUnderTests
{
    private static readonly Dictionary<long, Point> References = Points.References(Points.Of(0, 0.98, 4));

    private static readonly Point[] Candidates =
        [Points.Of(1, 0.98, 4), Points.Of(2, 0.975, 3), Points.Of(3, 0.97, 2), Points.Of(4, 0.9, 1), Points.Of(5, null, 0.5), Points.Of(6, 0.999, null)];

    [Theory]
    [InlineData(0.01, 3)]
    [InlineData(0.005, 2)]
    [InlineData(0, 1)]
    [InlineData(0.5, 4)]
    public void The_cheapest_within_a_loss_is_the_fastest_that_keeps_it(double loss, int trial) =>
        BestUnder.CheapestWithin(Candidates, "latency", loss, References)!.Trial.ShouldBe(trial);

    [Fact]
    public void The_best_under_a_limit_lacks_no_number_that_is_asked_for() =>
        BestUnder.Find(Candidates, Points.MostAccurate, [new(MetricCatalog.LatencyP50, AtMost: true, 3)], References)!.Trial.ShouldBe(2);

    [Fact]
    public void Limits_that_nothing_keeps_leave_nothing() =>
        BestUnder.Find(Candidates, Points.MostAccurate, [new(MetricCatalog.LatencyP50, AtMost: true, 0.1)], References).ShouldBeNull();

    [Fact]
    public void The_first_of_equals_is_taken() =>
        BestUnder.Find([Points.Of(8, 0.9, 1), Points.Of(7, 0.9, 1)], Points.Fastest, [], References)!.Trial.ShouldBe(8);

    [Fact]
    public void An_unknown_metric_is_refused() =>
        Should.Throw<ArgumentException>(() => BestUnder.CheapestWithin(Candidates, "weight", 0.1, References)).Message.ShouldContain("'weight'");
}
