using CsCheck;
using Grid.Experiments.Frontier;

namespace Grid.Experiments.Tests.Frontier;

public sealed class KneeTests
{
    [Fact]
    public void The_knee_is_farthest_below_the_line_through_the_extremes() =>
        Knee.Of([[0, 100], [1, 40], [2, 15], [5, 10], [10, 0]]).ShouldBe(2);

    /// <summary>From 0 to 1 in thousandths: a difference of 1e-60 between two points would vanish when the test moves their origin.</summary>
    private static readonly Gen<double> coordinate = Gen.Int[0, 1000].Select(thousandths => thousandths / 1000.0);

    [Fact]
    public void Neither_units_nor_origins_change_the_knee() =>
        Gen.Select(coordinate.Array[3].Array[1, 20], Gen.Double[0.01, 100], Gen.Double[-5, 5]).Sample((points, factor, shift) =>
        {
            var moved = points.Select(p => new[] { p[0] * factor + shift, p[1], p[2] }).ToArray();
            var (before, after) = (points[Knee.Of(points)!.Value], points[Knee.Of(moved)!.Value]);
            Sum(points, after).ShouldBe(Sum(points, before), 1e-9);
        });

    [Fact]
    public void One_point_is_the_knee_and_none_has_none()
    {
        Knee.Of([[3, 4]]).ShouldBe(0);
        Knee.Of([]).ShouldBeNull();
    }

    [Fact]
    public void Of_two_extremes_the_better_in_the_first_objective_is_the_knee()
    {
        Knee.Of([[2, 0], [1, 5]]).ShouldBe(1);
        Knee.Of([[1, 5], [2, 0]]).ShouldBe(0);
    }

    [Fact]
    public void An_objective_in_which_all_are_equal_says_nothing() =>
        Knee.Of([[7, 0, 100], [7, 1, 40], [7, 2, 15], [7, 10, 0]]).ShouldBe(2);

    [Fact]
    public void Values_at_the_ends_of_the_range_of_doubles_do_not_overflow() =>
        Knee.Of([[-double.MaxValue, double.MaxValue], [-double.MaxValue / 2, -double.MaxValue], [double.MaxValue, -double.MaxValue]]).ShouldBe(1);

    private static double Sum(double[][] points, double[] point) => Enumerable.Range(0, 3).Sum(d =>
    {
        var (best, worst) = (points.Min(p => p[d]), points.Max(p => p[d]));
        return worst > best ? (point[d] - best) / (worst - best) : 0;
    });
}
