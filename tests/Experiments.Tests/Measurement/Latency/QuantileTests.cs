using CsCheck;
using Grid.Experiments.Measurement.Latency;

namespace Grid.Experiments.Tests.Measurement.Latency;

public sealed class QuantileTests
{
    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(0.9, 9)]
    [InlineData(0.99, 10)]
    [InlineData(1, 10)]
    public void It_is_an_observed_value(double share, double expected) =>
        Quantile.Of([7, 1, 3, 10, 5, 4, 2, 9, 8, 6], share).ShouldBe(expected);

    [Fact]
    public void Of_one_value_it_is_that() => Quantile.Of([4], 0.01).ShouldBe(4);

    [Fact]
    public void At_least_the_share_lies_at_or_below_it_and_less_than_the_share_strictly_below() =>
        Gen.Select(Gen.Double[0, 1].Array[1, 200], Gen.Int[1, 100]).Sample((values, percent) =>
        {
            var quantile = Quantile.Of(values, percent / 100d);
            return values.Count(v => v <= quantile) * 100 >= percent * values.Length && values.Count(v => v < quantile) * 100 < percent * values.Length;
        });
}
