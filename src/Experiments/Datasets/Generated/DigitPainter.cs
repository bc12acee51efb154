using Grid.Experiments.Randomness;

namespace Grid.Experiments.Datasets.Generated;

/// <summary>
/// Draws the dataset generated-digits: 28 x 28 images of handwritten-like digits under random distortion, thickness, clutter,
/// occlusion and noise, hard enough that a compressed network loses accuracy. Every image has its own seed and all arithmetic is
/// exact or correctly rounded, so every machine draws the same bytes in any order.
/// </summary>
public static class DigitPainter
{
    public const int TrainCount = 10_000;
    public const int TestCount = 2_000;
    private const int Side = 28;
    private const ulong Series = 0x6772_6964_6469_6701;

    /// <summary>The images with numbers 0 to 9,999 for training and validation and 10,000 to 11,999 for the test.</summary>
    public static (ImageSet Train, ImageSet Test) Draw() => (Draw(0, TrainCount), Draw(TrainCount, TestCount));

    private static ImageSet Draw(int first, int count)
    {
        var pixels = new byte[count * Side * Side];
        var labels = new byte[count];
        var canvas = new Canvas(Side);
        for (var i = 0; i < count; i++)
        {
            var random = new RandomStream(RandomStream.Mix(Series, (ulong)(first + i)));
            labels[i] = (byte)random.NextInt(10);
            canvas.Clear();
            Paint(canvas, labels[i], random);
            canvas.CopyTo(pixels.AsSpan(i * Side * Side, Side * Side));
        }
        return new(pixels, labels, Side, Side);
    }

    private static void Paint(Canvas canvas, int digit, RandomStream random)
    {
        var manners = DigitShapes.Of(digit);
        var hand = Handwriting.Random(random, Side);
        foreach (var stroke in manners[random.NextInt(manners.Count)])
            canvas.Draw(hand.Write(stroke, random), hand.Radius, hand.Brightness);
        for (var scratches = random.NextInt(4); scratches > 0; scratches--)
            Scratch(canvas, random);
        if (random.NextInt(2) == 0)
            Occlude(canvas, random);
        canvas.AddNoise(random, Between(random, 0.02, 0.14));
    }

    private static void Scratch(Canvas canvas, RandomStream random)
    {
        var from = new Place(Between(random, 0, Side), Between(random, 0, Side));
        var to = from + new Place(Between(random, -10, 10), Between(random, -10, 10));
        canvas.Draw([from, to], Between(random, 0.4, 1), Between(random, 0.3, 0.9));
    }

    private static void Occlude(Canvas canvas, RandomStream random)
    {
        var width = 3 + random.NextInt(5);
        var height = 3 + random.NextInt(5);
        canvas.Cover(2 + random.NextInt(Side - width - 4), 2 + random.NextInt(Side - height - 4), width, height, Between(random, 0, 0.5));
    }

    internal static double Between(RandomStream random, double from, double to) => from + (to - from) * random.NextDouble();
}
