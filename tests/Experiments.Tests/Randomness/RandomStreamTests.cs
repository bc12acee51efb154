using Grid.Experiments.Randomness;

namespace Grid.Experiments.Tests.Randomness;

public sealed class RandomStreamTests
{
    /// <summary>Computed apart from this code, with the authors' published algorithm.</summary>
    [Fact]
    public void Follows_the_published_sequence()
    {
        var stream = new RandomStream(0);

        ulong[] drawn = [stream.NextUInt64(), stream.NextUInt64(), stream.NextUInt64()];

        drawn.ShouldBe([0x99EC5F36CB75F2B4, 0xBF6E1F784956452A, 0x1A5F849D4933E6E0]);
    }

    [Fact]
    public void Uniform_numbers_stay_in_range_and_have_their_mean_and_variance()
    {
        var stream = new RandomStream(7);
        var drawn = Enumerable.Range(0, 100_000).Select(_ => stream.NextDouble()).ToArray();

        drawn.ShouldAllBe(x => x >= 0 && x < 1);
        drawn.Average().ShouldBe(0.5, 0.005);
        drawn.Average(x => (x - 0.5) * (x - 0.5)).ShouldBe(1.0 / 12, 0.002);
        Enumerable.Range(0, 100_000).ShouldAllBe(_ => stream.NextFloat() < 1f);
    }

    [Fact]
    public void Normal_numbers_have_mean_zero_variance_one_and_the_right_tails()
    {
        var stream = new RandomStream(8);
        var drawn = Enumerable.Range(0, 100_000).Select(_ => stream.NextNormal()).ToArray();

        drawn.Average().ShouldBe(0, 0.01);
        drawn.Average(x => x * x).ShouldBe(1, 0.02);
        drawn.Count(x => Math.Abs(x) > 1.96).ShouldBeInRange(4_700, 5_300);
    }

    [Fact]
    public void Integers_are_spread_evenly()
    {
        var stream = new RandomStream(9);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[stream.NextInt(7)]++;

        counts.ShouldAllBe(count => count > 9_600 && count < 10_400);
        Should.Throw<ArgumentOutOfRangeException>(() => stream.NextInt(0));
    }

    [Fact]
    public void A_shuffle_is_a_permutation_and_reaches_every_order_equally_often()
    {
        var stream = new RandomStream(10);
        var orders = new Dictionary<string, int>();
        for (var i = 0; i < 60_000; i++)
        {
            char[] letters = ['a', 'b', 'c'];
            stream.Shuffle<char>(letters);
            var order = new string(letters);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        orders.Keys.Order().ShouldBe(["abc", "acb", "bac", "bca", "cab", "cba"]);
        orders.Values.ShouldAllBe(count => count > 9_600 && count < 10_400);
    }

    [Fact]
    public void Mixed_seeds_differ_by_value_order_and_length()
    {
        ulong[] seeds =
        [
            RandomStream.Mix(), RandomStream.Mix(0), RandomStream.Mix(0, 0), RandomStream.Mix(1), RandomStream.Mix(1, 2), RandomStream.Mix(2, 1),
        ];

        seeds.ShouldBeUnique();
        RandomStream.Mix(1, 2).ShouldBe(RandomStream.Mix(1, 2));
    }
}
