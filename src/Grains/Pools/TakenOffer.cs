using Grid.Grains.Contracts;

namespace Grid.Grains.Pools;

/// <summary>One that was taken out of the queue to be leased, until the store has answered: others may withdraw it or offer it meanwhile.</summary>
internal sealed class TakenOffer(StageOffer offer)
{
    private readonly List<StageOffer> meanwhile = [];
    private bool withdrawn;

    /// <summary>Whether somebody waits for it.</summary>
    public bool IsWanted => !withdrawn || meanwhile.Count > 0;

    /// <summary>What was offered since it was taken, and not withdrawn.</summary>
    public IReadOnlyList<StageOffer> Meanwhile => meanwhile;

    /// <summary>What waits if it was not leased.</summary>
    public IReadOnlyList<StageOffer> Wanted => withdrawn ? meanwhile : [offer, .. meanwhile];

    public void OfferAgain(StageOffer again) => meanwhile.Add(again);

    public void Withdraw()
    {
        withdrawn = true;
        meanwhile.Clear();
    }
}
