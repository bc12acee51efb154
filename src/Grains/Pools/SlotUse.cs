namespace Grid.Grains.Pools;

/// <summary>How many slots of a pool each experiment has: a lease takes one from when it is asked for until it has ended.</summary>
internal sealed class SlotUse
{
    private readonly Dictionary<string, int> used = [];

    public int Of(string experiment) => used.GetValueOrDefault(experiment);

    public void Take(string experiment) => used[experiment] = Of(experiment) + 1;

    public void Return(string experiment)
    {
        if (Of(experiment) is > 1 and var more)
            used[experiment] = more - 1;
        else
            used.Remove(experiment);
    }
}
