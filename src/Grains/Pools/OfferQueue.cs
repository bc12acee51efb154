using System.Diagnostics.CodeAnalysis;
using Grid.Grains.Contracts;

namespace Grid.Grains.Pools;

/// <summary>
/// Stages that wait for a slot: one of each experiment in turn; of one experiment the later kinds first, so that trials end and points
/// appear before all networks are trained, and of one kind the longest waiting.
/// </summary>
internal sealed class OfferQueue
{
    private readonly Dictionary<string, StageOffer> offers = [];
    private readonly Dictionary<string, PriorityQueue<StageOffer, (int Kind, long Sequence)>> experiments = [];
    private readonly Queue<string> turns = [];
    private long sequence;

    public int Count => offers.Count;

    /// <summary>False when the stage waits already.</summary>
    public bool Add(StageOffer offer)
    {
        if (!offers.TryAdd(offer.Key, offer))
            return false;
        var experiment = offer.Request.Experiment;
        if (!experiments.TryGetValue(experiment, out var queue))
        {
            experiments.Add(experiment, queue = new());
            turns.Enqueue(experiment);
        }
        queue.Enqueue(offer, (-(int)offer.Request.Spec.Kind, sequence++));
        return true;
    }

    public bool Remove(string key) => Remove(key, out _);

    /// <summary>False when it does not wait.</summary>
    public bool Remove(string key, [NotNullWhen(true)] out StageOffer? offer) => offers.Remove(key, out offer);

    /// <summary>The next one; null when none waits.</summary>
    public StageOffer? Take()
    {
        while (turns.TryDequeue(out var experiment))
        {
            var queue = experiments[experiment];
            if (Next(queue) is { } offer)
            {
                turns.Enqueue(experiment);
                return offer;
            }
            experiments.Remove(experiment);
        }
        return null;
    }

    private StageOffer? Next(PriorityQueue<StageOffer, (int, long)> queue)
    {
        // One that was removed still stands in its queue.
        while (queue.TryDequeue(out var offer, out _))
            if (offers.TryGetValue(offer.Key, out var current) && ReferenceEquals(current, offer))
            {
                offers.Remove(offer.Key);
                return offer;
            }
        return null;
    }
}
