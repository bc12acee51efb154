using CsCheck;
using Grid.Experiments.Frontier;

namespace Grid.Experiments.Tests.Frontier;

public sealed class HypervolumeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_volume_is_the_number_of_covered_cells(int dimensions) =>
        FrontierGenerators.Grid(dimensions, 12).Sample(
            points => Volume(points, dimensions, 5).ShouldBe(FrontierGenerators.CoveredCells(points, 5, dimensions)),
            iter: dimensions < 5 ? 1_000 : 200);

    [Fact]
    public void Many_points_in_three_dimensions_cover_what_their_cells_count() =>
        FrontierGenerators.Grid(3, 200).Sample(
            points => Volume(points, 3, 6).ShouldBe(FrontierGenerators.CoveredCells(points, 6, 3)), iter: 200);

    [Fact]
    public void Splitting_a_volume_by_inclusion_and_exclusion_agrees_for_real_coordinates() =>
        Gen.Double[0, 1].Array[4].Array[1, 8].Sample(points =>
        {
            var expected = 0.0;
            for (var subset = 1; subset < 1 << points.Length; subset++)
            {
                var chosen = points.Where((_, i) => (subset >> i & 1) == 1).ToArray();
                var common = Enumerable.Range(0, 4).Aggregate(1.0, (v, d) => v * (1 - chosen.Max(point => point[d])));
                expected += chosen.Length % 2 == 1 ? common : -common;
            }
            Volume(points, 4, 1).ShouldBe(expected, 1e-12);
        });

    [Fact]
    public void The_order_of_the_points_does_not_matter() =>
        Gen.Select(Gen.Double[0, 1].Array[4].Array[1, 30], Gen.Int).Sample((points, seed) =>
        {
            var shuffled = points.ToArray();
            new Random(seed).Shuffle(shuffled);
            Volume(shuffled, 4, 1).ShouldBe(Volume(points, 4, 1), 1e-12);
        });

    [Fact]
    public void Dominated_and_repeated_points_add_nothing() =>
        Gen.Double[0, 1].Array[3].Array[1, 30].Sample(points =>
        {
            var front = FrontierGenerators.NonDominated(points).Select(i => points[i]).ToArray();
            Volume(front, 3, 1).ShouldBe(Volume(points, 3, 1), 1e-12);
            Volume([.. points, .. points], 3, 1).ShouldBe(Volume(points, 3, 1), 1e-12);
        });

    [Fact]
    public void Scaling_one_axis_scales_the_volume() =>
        Gen.Select(Gen.Double[0, 1].Array[4].Array[1, 30], Gen.Double[0.1, 10]).Sample((points, factor) =>
            Hypervolume.Of([.. points.Select(p => new[] { p[0], p[1] * factor, p[2], p[3] })], 1, factor, 1, 1)
                .ShouldBe(factor * Volume(points, 4, 1), 1e-9));

    [Fact]
    public void Points_at_or_beyond_the_reference_or_not_finite_add_nothing()
    {
        double[] good = [1, 1];
        Hypervolume.Of([good, [3, 0], [0, 3], [4, 4], [double.NaN, 0], [0, double.NegativeInfinity]], 3, 3).ShouldBe(4);
        Hypervolume.Of([[3, 0]], 3, 3).ShouldBe(0);
        Hypervolume.Of([], 3, 3).ShouldBe(0);
    }

    [Fact]
    public void A_point_with_other_coordinates_than_the_reference_is_refused() =>
        Should.Throw<ArgumentException>(() => Hypervolume.Of([[1, 2, 3]], 4, 4)).Message.ShouldContain("3 coordinates, the reference 2");

    private static double Volume(double[][] points, int dimensions, double reference) =>
        Hypervolume.Of(points, Enumerable.Repeat(reference, dimensions).ToArray());
}
