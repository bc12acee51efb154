using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Experiments.Tests.Frontier;

public sealed class SweepFrontierTests
{
    private static readonly Objective[] Objectives = [Points.MostAccurate, Points.Fastest];
    private static readonly Point Reference = Points.Of(0, 0.98, 4);

    [Fact]
    public void Points_are_sorted_in_the_order_given()
    {
        var result = Of([Points.Of(1, 0.97, 2), Points.Of(2, 0.96, 3), Points.Of(3, 0.99, 5), Points.Of(4, 0.97, 2)]);
        result.Frontier.Trials().ShouldBe([1, 3, 4]);
        result.Dominated.Trials().ShouldBe([2]);
        result.Infeasible.ShouldBeEmpty();
        result.Excluded.ShouldBeEmpty();
    }

    [Fact]
    public void The_hypervolume_is_that_of_the_values_divided_by_the_references()
    {
        // Boxes of 1 x 1.5 and 0.5 x 1.75: together 1 x 1.5 + 0.5 x 0.25.
        var result = Of([Points.Of(1, 0.98, 2), Points.Of(2, 0.49, 1)]);
        result.Hypervolume!.Value.ShouldBe(1.625, 1e-12);
        result.HypervolumeReference.ShouldBe([0, 2]);
    }

    [Fact]
    public void A_point_more_than_twice_as_slow_as_the_reference_adds_no_volume() =>
        Of([Points.Of(1, 0.98, 2), Points.Of(2, 1, 9)]).Hypervolume!.Value.ShouldBe(1.5, 1e-12);

    [Fact]
    public void Without_a_reference_the_hypervolume_is_unknown()
    {
        SweepFrontier.Of([Points.Of(1, 0.98, 2)], Objectives, [], Points.References()).Hypervolume.ShouldBeNull();
        SweepFrontier.Of([Points.Of(1, 0.98, 2)], Objectives, [], Points.References(Points.Of(0, 0.98, 0))).Hypervolume.ShouldBeNull();
    }

    [Fact]
    public void Nothing_at_all_has_an_empty_frontier()
    {
        var result = Of([]);
        (result.Frontier.Count, result.Hypervolume, result.Knee).ShouldBe((0, 0.0, null));
    }

    [Fact]
    public void A_point_over_the_limit_leaves_the_frontier_to_those_it_would_dominate()
    {
        var result = Of([Points.Of(1, 0.95, 1), Points.Of(2, 0.975, 2)], new Constraint(Constraint.AccuracyDrop, AtMost: true, 0.01));
        result.Frontier.Trials().ShouldBe([2]);
        result.Infeasible.Single().Reason.ShouldBe("accuracy-drop 0.03 is above the limit 0.01");
    }

    [Fact]
    public void Every_broken_limit_is_told() =>
        Of(
            [Points.Of(1, 0.95, 9)],
            new Constraint(Constraint.AccuracyDrop, AtMost: true, 0.01),
            new Constraint(MetricCatalog.Accuracy, AtMost: false, 0.97),
            new Constraint(MetricCatalog.LatencyP50, AtMost: true, 10))
            .Infeasible.Single().Reason.ShouldBe("accuracy-drop 0.03 is above the limit 0.01; accuracy 0.95 is below the limit 0.97");

    [Fact]
    public void A_drop_that_equals_the_limit_but_for_rounding_keeps_it()
    {
        (0.98 - 0.97).ShouldBeGreaterThan(0.01);
        Of([Points.Of(1, 0.97, 1)], new Constraint(Constraint.AccuracyDrop, AtMost: true, 0.01)).Frontier.Trials().ShouldBe([1]);
    }

    [Fact]
    public void Accuracy_drops_against_the_reference_of_the_same_seed()
    {
        var references = Points.References(Points.Of(0, 0.98, 4, seed: 1), Points.Of(0, 0.95, 4, seed: 2));
        var result = SweepFrontier.Of(
            [Points.Of(1, 0.945, 2, seed: 1), Points.Of(2, 0.945, 2, seed: 2), Points.Of(3, 0.945, 2, seed: 3)],
            Objectives, [new(Constraint.AccuracyDrop, AtMost: true, 0.01)], references);
        result.Frontier.Trials().ShouldBe([2]);
        result.Infeasible.Single().Point.Trial.ShouldBe(1);
        result.Excluded.Single().Reason.ShouldBe("accuracy-drop is unknown: there is no reference of seed 3");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_that_is_unknown_or_not_finite_excludes_its_point(double? latency)
    {
        var result = Of([Points.Of(1, 0.99, latency), Points.Of(2, 0.97, 2)]);
        result.Frontier.Trials().ShouldBe([2]);
        result.Excluded.Single().ShouldSatisfyAllConditions(
            r => r.Point.Trial.ShouldBe(1), r => r.Reason.ShouldBe("its latency-p50 is unknown"));
    }

    [Fact]
    public void A_metric_that_is_absent_or_marked_unavailable_excludes_its_point()
    {
        var marked = Points.Of(1, 0.9, 1).With(MetricCatalog.Energy, new(5, "J", Provenance.Unavailable));
        var result = SweepFrontier.Of([marked, Points.Of(2, 0.9, 1)], [Points.Thriftiest], [], Points.References());
        result.Excluded.Select(r => r.Reason).ShouldBe(["its energy is unknown", "its energy is unknown"]);
    }

    [Fact]
    public void Energies_of_another_provenance_than_the_references_are_excluded()
    {
        var result = SweepFrontier.Of(
            [Energy(1, 5, Provenance.Measured), Energy(2, 1, Provenance.Estimated), Energy(3, 1, Provenance.Estimated)],
            [Points.Thriftiest], [], Points.References(Energy(0, 6, Provenance.Measured)));
        result.Frontier.Trials().ShouldBe([1]);
        result.Excluded.Select(r => r.Reason).ShouldAllBe(r => r == "its energy is estimated where the others' is measured");
    }

    [Fact]
    public void Without_a_reference_the_provenance_of_most_points_counts() =>
        SweepFrontier.Of(
            [Energy(1, 1, Provenance.Measured), Energy(2, 2, Provenance.Estimated), Energy(3, 3, Provenance.Estimated)],
            [Points.Thriftiest], [], Points.References())
            .Frontier.Trials().ShouldBe([2]);

    [Fact]
    public void The_knee_is_a_point_of_the_frontier() =>
        Of([Points.Of(1, 0.99, 10), Points.Of(2, 0.985, 3), Points.Of(3, 0.9, 2), Points.Of(4, 0.5, 9)]).Knee!.Trial.ShouldBe(2);

    [Fact]
    public void Points_whose_intervals_overlap_are_told()
    {
        var result = Of([Noisy(1, 0.97, 2.0, 0.3), Noisy(2, 0.98, 2.2, 0.3), Noisy(3, 0.99, 4, 0.3)]);
        result.InseparableFrom(result.Frontier[0]).Trials().ShouldBe([2]);
        result.InseparableFrom(result.Frontier[2]).ShouldBeEmpty();
    }

    private static Point Noisy(int trial, double accuracy, double latency, double half) =>
        Points.Of(trial, accuracy, latency)
            .With(MetricCatalog.Accuracy, new(accuracy, "1", Provenance.Measured, accuracy - 0.01, accuracy + 0.01))
            .With(MetricCatalog.LatencyP50, new(latency, "s", Provenance.Measured, latency - half, latency + half));

    private static Point Energy(int trial, double value, Provenance provenance) =>
        Points.Of(trial, 0.9, 1).With(MetricCatalog.Energy, new(value, "J", provenance));

    private static SweepFrontier Of(Point[] points, params Constraint[] constraints) =>
        SweepFrontier.Of(points, Objectives, constraints, Points.References(Reference));
}
