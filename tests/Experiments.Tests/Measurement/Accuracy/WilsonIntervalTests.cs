using CsCheck;
using Grid.Experiments.Measurement.Accuracy;

namespace Grid.Experiments.Tests.Measurement.Accuracy;

public sealed class WilsonIntervalTests
{
    [Theory]
    [InlineData(5, 10)]
    [InlineData(98, 100)]
    [InlineData(9_800, 10_000)]
    [InlineData(1, 10_000)]
    public void Its_ends_are_the_shares_that_the_score_test_just_rejects(int count, int total)
    {
        var share = (double)count / total;
        var (low, high) = WilsonInterval.Of(count, total);

        foreach (var end in new[] { low, high })
            (Math.Abs(share - end) / Math.Sqrt(end * (1 - end) / total)).ShouldBe(1.959963984540054, 1e-9);
    }

    [Theory]
    [InlineData(0, 0, 0.2775327998628892)]
    [InlineData(10, 0.7224672001371107, 1)]
    public void None_and_all_end_where_shares_do(int count, double low, double high)
    {
        var interval = WilsonInterval.Of(count, 10);

        interval.Low.ShouldBe(low, 1e-12);
        interval.High.ShouldBe(high, 1e-12);
    }

    [Fact]
    public void It_holds_the_share_and_stays_within_0_and_1() => Gen.Int[1, 100_000]
        .SelectMany(total => Gen.Int[0, total].Select(count => (count, total)))
        .Sample(x =>
        {
            var (low, high) = WilsonInterval.Of(x.count, x.total);
            var share = (double)x.count / x.total;
            return low >= 0 && low <= share && share <= high && high <= 1 && low < high;
        });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 3)]
    [InlineData(4, 3)]
    public void A_count_that_cannot_be_is_refused(int count, int total) =>
        Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(count, total));
}
