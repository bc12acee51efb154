using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Experiments.Results;

/// <summary>Reads what is known of trials page by page, so that of however many never more than one page is held.</summary>
internal static class ResultPages
{
    public const int Size = 4_096;

    /// <param name="device">One of the sweep's device classes.</param>
    public static IAsyncEnumerable<IReadOnlyList<TrialResult>> Results(IExperimentStore store, string experiment, Sweep sweep, string device) =>
        Pages((after, max) => store.ListResults(experiment, Further(sweep, device), after, max), result => result.Trial.Number, Size);

    /// <param name="device">One of the sweep's device classes.</param>
    /// <param name="size">Trials in a page, at most.</param>
    public static IAsyncEnumerable<IReadOnlyList<TrialMetrics>> Metrics(
        IExperimentStore store, string experiment, Sweep sweep, string device, int size = Size) =>
        Pages((after, max) => store.ListMetrics(experiment, Further(sweep, device), after, max), trial => trial.Number, size);

    /// <summary>As the store wants it: null for the first class.</summary>
    private static string? Further(Sweep sweep, string device) => device == sweep.Devices[0] ? null : device;

    private static async IAsyncEnumerable<IReadOnlyList<T>> Pages<T>(Func<int, int, Task<IReadOnlyList<T>>> read, Func<T, int> number, int size)
    {
        for (var after = -1; ;)
        {
            var page = await read(after, size).ConfigureAwait(false);
            yield return page;
            if (page.Count < size)
                yield break;
            after = number(page[^1]);
        }
    }
}
