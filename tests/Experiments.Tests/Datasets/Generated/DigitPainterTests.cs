using Grid.Experiments.Datasets;
using Grid.Experiments.Datasets.Generated;

namespace Grid.Experiments.Tests.Datasets.Generated;

public sealed class DigitPainterTests
{
    internal static readonly Lazy<(ImageSet Train, ImageSet Test)> Drawn = new(DigitPainter.Draw);

    [Fact]
    public void Every_machine_draws_the_pinned_bytes() =>
        ContentHash.Of(Drawn.Value.Train, Drawn.Value.Test).ShouldBe(DatasetCatalog.Find(DatasetCatalog.GeneratedDigits)!.ContentHash);

    [Fact]
    public void Every_digit_is_drawn_about_equally_often() =>
        Enumerable.Range(0, 10).ShouldAllBe(digit => Math.Abs(Drawn.Value.Train.Labels.Count(l => l == digit) - 1_000) < 120);

    [Fact]
    public void No_image_is_drawn_twice_or_shared_between_training_and_test()
    {
        var images = Images(Drawn.Value.Train).Concat(Images(Drawn.Value.Test)).ToList();
        images.Distinct().Count().ShouldBe(12_000);
    }

    [Fact]
    public void The_mean_images_of_two_digits_differ_more_than_the_mean_images_of_one_digit_in_training_and_test()
    {
        var (train, test) = Drawn.Value;
        for (var digit = 0; digit < 10; digit++)
        {
            var own = Distance(Mean(train, digit), Mean(test, digit));
            for (var other = 0; other < 10; other++)
                if (other != digit)
                    Distance(Mean(train, digit), Mean(train, other)).ShouldBeGreaterThan(2 * own);
        }
    }

    private static IEnumerable<string> Images(ImageSet set) =>
        Enumerable.Range(0, set.Count).Select(i => Convert.ToBase64String(set.Pixels.AsSpan(i * set.PixelsPerImage, set.PixelsPerImage)));

    private static double[] Mean(ImageSet set, int digit)
    {
        var sum = new double[set.PixelsPerImage];
        var count = 0;
        for (var i = 0; i < set.Count; i++)
            if (set.Labels[i] == digit)
            {
                count++;
                for (var p = 0; p < sum.Length; p++)
                    sum[p] += set.Pixels[i * set.PixelsPerImage + p];
            }
        return [.. sum.Select(s => s / count)];
    }

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
}
