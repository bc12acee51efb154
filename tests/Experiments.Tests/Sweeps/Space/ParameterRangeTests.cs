using System.Globalization;
using CsCheck;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Tests.Sweeps.Space;

public sealed class ParameterRangeTests
{
    [Fact]
    public void Points_of_a_logarithmic_range_have_equal_ratios_and_its_ends()
    {
        var points = new ParameterRange(0.001, 0.5, Logarithmic: true, WholeNumbers: false, 4).Points(4);

        points.ShouldBe(["0.001", "0.00793701", "0.0629961", "0.5"]);
    }

    [Fact]
    public void Points_of_a_whole_range_are_whole_and_distinct() =>
        new ParameterRange(1, 3, Logarithmic: false, WholeNumbers: true, 9).Points(9).ShouldBe(["1", "2", "3"]);

    [Fact]
    public void Every_whole_number_of_a_linear_range_takes_an_equal_share() =>
        Enumerable.Range(0, 400).Select(i => new ParameterRange(2, 5, false, true, null).At(i / 400.0))
            .CountBy(v => v).ShouldBe([new("2", 100), new("3", 100), new("4", 100), new("5", 100)]);

    [Fact]
    public void Values_stay_inside_and_never_fall_with_the_place() =>
        Gen.Select(Gen.Double[1e-6, 1e3], Gen.Double[1.001, 1e3], Gen.Bool, Gen.Bool, Gen.Double[0, 1], Gen.Double[0, 1]).Sample(
            (from, factor, logarithmic, whole, a, b) =>
            {
                var (low, high) = whole ? (Math.Ceiling(from), Math.Ceiling(from * factor) + 1) : (from, from * factor);
                var range = new ParameterRange(low, high, logarithmic, whole, null);
                var values = new[] { Math.Min(a, b), Math.Max(a, b) }.Select(p => double.Parse(range.At(p), CultureInfo.InvariantCulture)).ToArray();

                values.ShouldAllBe(v => v >= low && v <= high && (!whole || v == Math.Floor(v)));
                values[0].ShouldBeLessThanOrEqualTo(values[1]);
            });
}
