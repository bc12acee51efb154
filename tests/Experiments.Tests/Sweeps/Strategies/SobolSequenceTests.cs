using Grid.Experiments.Sweeps.Strategies;

namespace Grid.Experiments.Tests.Sweeps.Strategies;

public sealed class SobolSequenceTests
{
    [Fact]
    public void Starts_as_published()
    {
        // The first points of Joe and Kuo's own example in three dimensions.
        Points(3, null, 5).Select(p => string.Join(' ', p)).ShouldBe(["0 0 0", "0.5 0.5 0.5", "0.75 0.25 0.25", "0.25 0.75 0.75", "0.375 0.375 0.625"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5UL)]
    public void Every_dimension_puts_one_point_into_each_of_1024_intervals(ulong? seed)
    {
        var points = Points(SobolSequence.MostDimensions, seed, 1_024);

        for (var d = 0; d < SobolSequence.MostDimensions; d++)
            points.Select(p => (int)(p[d] * 1_024)).Order().ShouldBe(Enumerable.Range(0, 1_024), $"dimension {d + 1}");
    }

    [Fact]
    public void The_first_two_dimensions_put_one_point_into_every_elementary_rectangle()
    {
        // Dimensions 1 and 2 form a (0, 2)-sequence.
        var points = Points(2, 9, 256);

        for (var bits = 0; bits <= 8; bits++)
            points.Select(p => ((int)(p[0] * (1 << bits)), (int)(p[1] * (1 << (8 - bits))))).Distinct().Count().ShouldBe(256);
    }

    [Fact]
    public void Integrates_a_smooth_function_far_better_than_chance()
    {
        // The product of 1 + (x - 1/2) / 2 integrates to 1 over the cube; 4,096 random points err by about 0.006.
        var mean = Points(8, 3, 4_096).Average(p => p.Aggregate(1.0, (product, x) => product * (1 + ((x - 0.5) / 2))));

        mean.ShouldBe(1, 0.0005);
    }

    [Fact]
    public void A_seed_shifts_the_points_and_repeats_them()
    {
        Points(4, 1, 16).ShouldBe(Points(4, 1, 16));
        Points(4, 1, 16).ShouldNotBe(Points(4, 2, 16));
    }

    [Fact]
    public void More_dimensions_than_direction_numbers_are_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SobolSequence(SobolSequence.MostDimensions + 1, 1)).Message.ShouldContain("32 dimensions");

    private static double[][] Points(int dimensions, ulong? seed, int count)
    {
        var sequence = new SobolSequence(dimensions, seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var point = new double[dimensions];
            sequence.Next(point);
            return point;
        })];
    }
}
