using Grid.Experiments.Randomness;

namespace Grid.Experiments.Training;

/// <summary>
/// The order in which an epoch takes the images: each shuffles that of the one before, from a stream of its own. So it follows from the
/// seed and the epoch, and a training that goes on after some epochs draws their shuffles again, a millisecond for 60,000 images.
/// </summary>
internal sealed class EpochOrder(int images, long seed)
{
    private readonly RandomStream random = new(RandomStream.Mix(unchecked((ulong)seed), 0x7261696eUL));
    private readonly long[] order = [.. Enumerable.Range(0, images).Select(i => (long)i)];
    private int shuffled;

    /// <param name="epoch">From 1, and not less than the last one asked for.</param>
    public long[] Of(int epoch)
    {
        for (; shuffled < epoch; shuffled++)
            random.Shuffle(order.AsSpan());
        return order;
    }
}
