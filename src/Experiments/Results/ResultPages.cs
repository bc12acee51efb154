using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Experiments.Results;

/// <summary>Reads results page by page, so that of however many never more than one page is held.</summary>
internal static class ResultPages
{
    public const int Size = 4_096;

    /// <param name="device">One of the sweep's device classes.</param>
    /// <param name="size">Results in a page, at most.</param>
    public static async IAsyncEnumerable<IReadOnlyList<TrialResult>> Read(
        IExperimentStore store, string experiment, Sweep sweep, string device, int size = Size)
    {
        var further = device == sweep.Devices[0] ? null : device;
        for (var after = -1; ;)
        {
            var page = await store.ListResults(experiment, further, after, size).ConfigureAwait(false);
            yield return page;
            if (page.Count < size)
                yield break;
            after = page[^1].Trial.Number;
        }
    }
}
