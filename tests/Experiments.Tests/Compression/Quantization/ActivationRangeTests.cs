using CsCheck;
using Grid.Experiments.Compression.Quantization;

namespace Grid.Experiments.Tests.Compression.Quantization;

public sealed class ActivationRangeTests
{
    [Fact]
    public void Every_scale_holds_zero_exactly_and_its_range_within_half_a_step() => Gen.Select(Gen.Double[-100, 100], Gen.Double[0.01, 100], Gen.Double[0, 1]).Sample(
        (low, width, share) =>
        {
            var scale = ActivationScale.Of(low, low + width);
            var value = Math.Min(low, 0) + ((Math.Max(low + width, 0) - Math.Min(low, 0)) * share);

            scale.Quantize(0).ShouldBe(0);
            // Rounding the zero point may push one end of the range out by half a step.
            Math.Abs(scale.Quantize(value) - value).ShouldBeLessThanOrEqualTo(scale.Scale * 1.0001);
        });

    [Fact]
    public void After_a_relu_zero_is_the_smallest_code()
    {
        var range = Of(Enumerable.Range(0, 1000).Select(i => Math.Max(0f, i - 500)));

        foreach (var scale in new[] { range.MinMax(), range.Percentile(99), range.MeanSquaredError() })
            scale.ZeroPoint.ShouldBe((byte)0);
    }

    [Theory]
    [InlineData(100, 10000)]
    [InlineData(99.9, 999)]
    [InlineData(99, 990)]
    [InlineData(90, 900)]
    public void A_percentile_leaves_out_the_share_beyond_it(double percentile, double high)
    {
        // 0 to 998 and one far away: 1000 values, so that a thousandth is that one.
        var range = Of([.. Enumerable.Range(0, 999).Select(i => (float)i), 10000f]);

        // Within the width of a bin of the histogram.
        ((double)range.Percentile(percentile).Scale * 255).ShouldBe(high, 10000.0 / ActivationRange.Bins * 1.01);
    }

    [Fact]
    public void A_percentile_takes_from_both_sides_that_have_values()
    {
        var range = Of(Enumerable.Range(-1000, 2001).Select(i => (float)i));

        var scale = range.Percentile(90);

        scale.Quantize(-2000).ShouldBe(-800, 10);
        scale.Quantize(2000).ShouldBe(800, 10);
    }

    [Fact]
    public void The_least_squared_error_clips_an_outlier_and_never_does_worse_than_the_whole_range()
    {
        float[] values = [.. Enumerable.Range(0, 20000).Select(i => (i % 1000) / 1000f), 40f];
        var range = Of(values);

        var (whole, best) = (range.MinMax(), range.MeanSquaredError());

        best.Scale.ShouldBeLessThan(whole.Scale);
        Error(best, values).ShouldBeLessThan(Error(whole, values));
    }

    private static double Error(ActivationScale scale, float[] values) => values.Sum(v => Math.Pow(scale.Quantize(v) - v, 2));

    private static ActivationRange Of(IEnumerable<float> values)
    {
        var range = new ActivationRange();
        var all = values.ToList();
        range.Widen(all.Min(), all.Max());
        range.Count(all);
        return range;
    }
}
