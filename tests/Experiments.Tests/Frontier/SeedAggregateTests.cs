using Grid.Experiments.Frontier;
using Grid.Experiments.Metrics;

namespace Grid.Experiments.Tests.Frontier;

public sealed class SeedAggregateTests
{
    [Fact]
    public void One_seed_stays_as_it_is()
    {
        var point = Points.Of(1, 0.9, 2);
        SeedAggregate.Of([point]).Single().ShouldBeSameAs(point);
    }

    [Fact]
    public void Metrics_are_means_with_the_t_interval_over_the_seeds()
    {
        // Mean 0.92, standard deviation 0.02, half width 4.30265 x 0.02 / sqrt(3).
        var joined = Join(Points.Of(1, 0.90, 5, 1, "a"), Points.Of(2, 0.92, 5, 2, "a"), Points.Of(3, 0.94, 5, 3, "a"));
        var accuracy = joined.Metrics[MetricCatalog.Accuracy];
        accuracy.Value!.Value.ShouldBe(0.92, 1e-12);
        accuracy.Low!.Value.ShouldBe(0.92 - 0.0496828, 1e-6);
        accuracy.High!.Value.ShouldBe(0.92 + 0.0496828, 1e-6);
    }

    [Fact]
    public void A_value_that_is_equal_for_all_seeds_stays_exact() =>
        Join(Points.Of(1, 0.9, 0.1, 1, "a"), Points.Of(2, 0.92, 0.1, 2, "a"), Points.Of(3, 0.94, 0.1, 3, "a"))
            .Metrics[MetricCatalog.LatencyP50].ShouldBe(Metric.Exact(0.1, "s"));

    [Fact]
    public void The_file_is_that_of_the_lower_median_in_accuracy()
    {
        var joined = Join(Points.Of(4, 0.94, 5, 4, "a"), Points.Of(1, 0.90, 5, 1, "a"), Points.Of(3, 0.93, 5, 3, "a"), Points.Of(2, 0.91, 5, 2, "a"));
        (joined.Trial, joined.Seed, joined.Sha256).ShouldBe((2, 2, "sha-2"));
        joined.Notes.Single().ShouldBe("means over the seeds 1, 2, 3, 4; the file is that of seed 2, the lower median in accuracy");
    }

    [Fact]
    public void Each_configuration_gives_one_point_in_the_order_of_the_first_ones() =>
        SeedAggregate.Of([Points.Of(1, 0.9, 5, 1, "b"), Points.Of(2, 0.9, 5, 1, "a"), Points.Of(3, 0.8, 5, 2, "b"), Points.Of(4, 0.95, 5, 2, "a")])
            .Trials().ShouldBe([3, 2]);

    [Fact]
    public void A_metric_that_one_seed_lacks_is_unavailable() =>
        Join(Points.Of(1, 0.9, null, 1, "a"), Points.Of(2, 0.92, 3, 2, "a"))
            .Metrics[MetricCatalog.LatencyP50].ShouldBe(Metric.Unavailable("s"));

    [Fact]
    public void A_metric_of_mixed_provenance_is_unavailable()
    {
        var joined = Join(
            Points.Of(1, 0.9, 1, 1, "a").With(MetricCatalog.Energy, new(1, "J", Provenance.Measured)),
            Points.Of(2, 0.9, 1, 2, "a").With(MetricCatalog.Energy, new(1, "J", Provenance.Estimated)));
        joined.Metrics[MetricCatalog.Energy].ShouldBe(Metric.Unavailable("J"));
    }

    [Theory]
    [InlineData(2, 12.7062047)]
    [InlineData(31, 2.0422725)]
    [InlineData(32, 2.0395134)]
    [InlineData(121, 1.9799304)]
    public void The_interval_is_as_wide_as_the_t_distribution_says(int seeds, double quantile)
    {
        // Half of the values 0 and half 1 (an odd one 0.5) have a known deviation.
        var values = Enumerable.Range(0, seeds).Select(i => i == seeds - 1 && seeds % 2 == 1 ? 0.5 : i % 2).ToArray();
        var joined = Join([.. values.Select((value, i) => Points.Of(i, value, 1, i, "a"))]);
        var error = Math.Sqrt(seeds / 2 * 0.5 / (seeds - 1) / seeds);
        var accuracy = joined.Metrics[MetricCatalog.Accuracy];
        ((accuracy.High!.Value - accuracy.Value!.Value) / error).ShouldBe(quantile, 1e-5);
    }

    [Fact]
    public void A_joined_point_drops_against_the_mean_of_the_references_of_its_own_seeds()
    {
        var references = Points.References(Points.Of(0, 0.98, 4, 1), Points.Of(1, 0.96, 4, 2), Points.Of(2, 0.5, 4, 3));
        var joined = Join(Points.Of(3, 0.96, 2, 1, "a"), Points.Of(4, 0.962, 2, 2, "a"));
        joined.Seeds.ShouldBe([1, 2]);
        ConstraintCheck.Of(joined, Drop(0.0091), references).Kept.ShouldBe(true);
        ConstraintCheck.Of(joined, Drop(0.0089), references).Kept.ShouldBe(false);
        var lacking = Join(Points.Of(3, 0.96, 2, 1, "a"), Points.Of(4, 0.962, 2, 4, "a"));
        ConstraintCheck.Of(lacking, Drop(0.5), references)
            .ShouldBe(new(null, "accuracy-drop is unknown: there is no reference of seed 4"));
    }

    [Fact]
    public void The_volume_of_a_joined_point_is_relative_to_the_references_of_its_own_seeds()
    {
        var references = Points.References(Points.Of(0, 0.98, 4, 1), Points.Of(1, 0.98, 2, 2), Points.Of(2, 0.98, 9, 3));
        var joined = Join(Points.Of(3, 0.98, 1, 1, "a"), Points.Of(4, 0.98, 2, 2, "a"));
        SweepFrontier.Of([joined], [Points.MostAccurate, Points.Fastest], [], references).Hypervolume!.Value.ShouldBe(1.5, 1e-12);
    }

    private static Constraint Drop(double limit) => new(Constraint.AccuracyDrop, AtMost: true, limit);

    private static Point Join(params Point[] points) => SeedAggregate.Of(points).Single();
}
