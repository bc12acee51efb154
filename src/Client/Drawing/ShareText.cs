using Grid.Experiments.Store;
using Grid.Grains.Contracts;

namespace Grid.Client.Drawing;

/// <summary>What part of a pool an experiment gets, in words.</summary>
internal static class ShareText
{
    public static string Of(PoolShare share) =>
        $"priority {share.Priority}, {(share.MostSlots is { } most ? $"at most {Counted.Of(most, "slot")} of each pool" : "no limit of slots")}";

    /// <summary>What an experiment waits for, in a pool that was named before.</summary>
    public static string Of(WaitingView waiting) =>
        $"{waiting.Experiment}: {Counted.Doing(waiting.Pending, "wait")}, {waiting.Leased} leased"
        + (waiting.Priority is { } priority and not 0 ? $", priority {priority}" : "")
        + (waiting.AtLimit ? $"; waits: {Limit(waiting)}" : "");

    /// <summary>Where its own limit is all that an experiment waits for; null where it is not.</summary>
    public static string? Limited(string experiment, IEnumerable<PoolView> pools)
    {
        var limited = pools.SelectMany(p => p.Waiting.Where(w => w.Experiment == experiment && w.AtLimit).Select(w => $"{p.Pool} waits: {Limit(w)}")).ToList();
        return limited.Count > 0 ? string.Join("; ", limited) : null;
    }

    private static string Limit(WaitingView waiting) => $"{Counted.Of(waiting.Leased, "slot")} of its own limit {(waiting.Leased == 1 ? "is" : "are")} used";
}
