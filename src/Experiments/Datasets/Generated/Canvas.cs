using Grid.Experiments.Randomness;

namespace Grid.Experiments.Datasets.Generated;

/// <summary>A square grey image being drawn; 0 is black, 1 white. Arithmetic is limited to what IEEE 754 rounds exactly.</summary>
internal sealed class Canvas(int side)
{
    private readonly double[] ink = new double[side * side];

    public int Side => side;

    public void Clear() => Array.Clear(ink);

    /// <summary>Draws a line with round ends; where lines cross, the brighter one wins.</summary>
    public void Draw(IReadOnlyList<Place> line, double radius, double brightness)
    {
        for (var i = 0; i + 1 < line.Count; i++)
            DrawSegment(line[i], line[i + 1], radius, brightness);
    }

    /// <summary>Covers a rectangle of pixels with one grey; what lies outside the image is left out.</summary>
    public void Cover(int left, int top, int width, int height, double grey)
    {
        for (var y = Math.Max(top, 0); y < Math.Min(top + height, side); y++)
            for (var x = Math.Max(left, 0); x < Math.Min(left + width, side); x++)
                ink[y * side + x] = grey;
    }

    /// <summary>Adds to every pixel a bell-shaped random number of the given standard deviation.</summary>
    public void AddNoise(RandomStream random, double deviation)
    {
        // The sum of four uniform bytes: variance 4 x (256^2 - 1) / 12, mean 4 x 127.5.
        const double Mean = 510;
        var scale = deviation / 147.8;
        for (var i = 0; i < ink.Length; i += 2)
        {
            var bits = random.NextUInt64();
            ink[i] += scale * (SumOfBytes((uint)bits) - Mean);
            ink[i + 1] += scale * (SumOfBytes((uint)(bits >> 32)) - Mean);
        }
    }

    /// <summary>Writes the image as bytes, 0 to 255.</summary>
    public void CopyTo(Span<byte> pixels)
    {
        for (var i = 0; i < ink.Length; i++)
            pixels[i] = (byte)(Math.Clamp(ink[i], 0, 1) * 255 + 0.5);
    }

    private void DrawSegment(Place from, Place to, double radius, double brightness)
    {
        var reach = radius + 1;
        var (left, right) = Pixels(Math.Min(from.X, to.X) - reach, Math.Max(from.X, to.X) + reach);
        var (top, bottom) = Pixels(Math.Min(from.Y, to.Y) - reach, Math.Max(from.Y, to.Y) + reach);
        var along = to - from;
        var lengthSquared = along.X * along.X + along.Y * along.Y;
        for (var y = top; y <= bottom; y++)
            for (var x = left; x <= right; x++)
            {
                var offset = new Place(x, y) - from;
                var share = lengthSquared == 0 ? 0 : Math.Clamp((offset.X * along.X + offset.Y * along.Y) / lengthSquared, 0, 1);
                var gap = offset - share * along;
                var distance = Math.Sqrt(gap.X * gap.X + gap.Y * gap.Y);
                var covered = brightness * Math.Clamp(radius + 0.5 - distance, 0, 1);
                ref var pixel = ref ink[y * side + x];
                pixel = Math.Max(pixel, covered);
            }
    }

    private (int First, int Last) Pixels(double from, double to) => (Math.Max((int)from, 0), Math.Min((int)to, side - 1));

    private static int SumOfBytes(uint bits) => (int)((bits & 255) + (bits >> 8 & 255) + (bits >> 16 & 255) + (bits >> 24));
}
