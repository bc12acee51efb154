using Grid.Experiments.Store;
using Grid.Grains.Contracts;

namespace Grid.Grains.Pools;

/// <summary>
/// What one experiment waits for in a pool: the later kinds first, so that trials end and points appear before all networks are trained; of one
/// kind first those that were leased before, for whatever waits for them has waited a turn already; then the longest waiting.
/// </summary>
internal sealed class OfferLine(string experiment)
{
    private readonly PriorityQueue<Waiting, (int Kind, bool First, long Sequence)> queue = new();

    public string Experiment => experiment;

    /// <summary>Null until the store was asked.</summary>
    public PoolShare? Share { get; set; }

    /// <summary>Those that have not left.</summary>
    public int Count { get; private set; }

    public void Add(Waiting waiting, long sequence)
    {
        // False comes before true.
        queue.Enqueue(waiting, (-(int)waiting.Offer.Request.Spec.Kind, waiting.Offer.Attempt == 0, sequence));
        Count++;
    }

    /// <summary>The first, which stays.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public StageOffer First()
    {
        while (queue.Peek().Left)
            queue.Dequeue();
        return queue.Peek().Offer;
    }

    /// <summary>Called once for each that leaves. It still stands in the queue until it is come across.</summary>
    public void Leave()
    {
        if (--Count == 0)
            queue.Clear();
    }
}

/// <summary>A stage that waits for one experiment.</summary>
internal sealed class Waiting(StageOffer offer, OfferLine line)
{
    public StageOffer Offer => offer;

    public OfferLine Line => line;

    public bool Left { get; private set; }

    public void Leave()
    {
        Left = true;
        line.Leave();
    }
}
