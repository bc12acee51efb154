using System.Diagnostics.CodeAnalysis;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;

namespace Grid.Grains.Pools;

/// <summary>
/// Stages that wait for a slot: those of the experiment with the highest priority first, of equals one of each in turn; what an experiment's
/// limit leaves no slot for is passed over and keeps its place. A stage that several experiments wait for waits once for each, and is taken on
/// the account of whoever comes first.
/// </summary>
internal sealed class OfferQueue
{
    private readonly Dictionary<string, Waiting[]> stages = [];
    private readonly Dictionary<string, OfferLine> lines = [];

    // Whoever's last turn is longest ago comes first.
    private readonly List<OfferLine> turns = [];
    private long sequence;

    /// <summary>Stages, each counted once.</summary>
    public int Count => stages.Count;

    /// <summary>Every experiment that has offered something and was not forgotten.</summary>
    public IReadOnlyList<string> Experiments => [.. turns.Select(l => l.Experiment)];

    /// <summary>Whether nothing is taken of some experiment because its share is not known yet.</summary>
    public bool LacksShares => turns.Exists(l => l.Share is null);

    /// <summary>False when the stage waits for that experiment already.</summary>
    public bool Add(StageOffer offer)
    {
        var experiment = offer.Request.Experiment;
        var others = stages.GetValueOrDefault(offer.Key, []);
        if (Array.Exists(others, w => w.Line.Experiment == experiment))
            return false;
        if (!lines.TryGetValue(experiment, out var line))
        {
            lines.Add(experiment, line = new OfferLine(experiment));
            turns.Add(line);
        }
        var waiting = new Waiting(offer, line);
        stages[offer.Key] = [.. others, waiting];
        line.Add(waiting, sequence++);
        return true;
    }

    public bool Remove(string key) => Remove(key, out _);

    /// <summary>Takes a stage out for all who wait for it. False when nobody does.</summary>
    public bool Remove(string key, [NotNullWhen(true)] out IReadOnlyList<StageOffer>? offers)
    {
        offers = null;
        if (!stages.Remove(key, out var waiting))
            return false;
        foreach (var one in waiting)
            one.Leave();
        offers = [.. waiting.Select(w => w.Offer)];
        return true;
    }

    /// <summary>The next one; null when none waits that may be taken.</summary>
    /// <param name="slots">How many slots of the pool an experiment has.</param>
    public StageOffer? Take(Func<string, int> slots)
    {
        OfferLine? next = null;
        foreach (var line in turns)
            if (line is { Count: > 0, Share: { } share } && (next is null || share.Priority > next.Share!.Priority)
                && (share.MostSlots is not { } most || slots(line.Experiment) < most))
                next = line;
        if (next is null)
            return null;
        turns.Remove(next);
        turns.Add(next);
        var offer = next.First();
        Remove(offer.Key);
        return offer;
    }

    public void SetShare(string experiment, PoolShare share)
    {
        if (lines.TryGetValue(experiment, out var line))
            line.Share = share;
    }

    /// <summary>Forgets the experiments of which nothing waits: their shares are asked for anew when they come again.</summary>
    public void ForgetIdle()
    {
        foreach (var line in turns.Where(l => l.Count == 0))
            lines.Remove(line.Experiment);
        turns.RemoveAll(l => l.Count == 0);
    }

    /// <summary>What each experiment waits for.</summary>
    public IReadOnlyList<WaitingView> View(Func<string, int> slots) =>
        [.. turns.Where(l => l.Count > 0).Select(l => new WaitingView(l.Experiment, l.Count, slots(l.Experiment), l.Share?.Priority, l.Share?.MostSlots))];
}
