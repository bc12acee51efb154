using Grid.Experiments.Results;
using Grid.Experiments.Store;

namespace Grid.Client.Reading;

/// <summary>The classes of machines that a sweep is measured on, each with numbers and a frontier of its own.</summary>
internal static class Classes
{
    /// <summary>What was found on each, the sweep's first class first.</summary>
    /// <param name="notes">Whether points carry the notes of all their stages.</param>
    public static async Task<IReadOnlyList<ExperimentResults>> Load(IExperimentStore store, ExperimentRow row, bool notes = false)
    {
        var results = new List<ExperimentResults> { await ExperimentResults.Load(store, row, notes) };
        foreach (var device in results[0].Sweep.Devices.Skip(1))
            results.Add(await ExperimentResults.Load(store, row, notes, device));
        return results;
    }

    /// <summary>A file or folder for each class: the name itself for the sweep's first, those of others beside it with their class in the name.</summary>
    public static string PathOf(string path, Outcome outcome) => outcome.Device == outcome.Sweep.Devices[0]
        ? path
        : Path.Combine(Path.GetDirectoryName(path)!, $"{Path.GetFileNameWithoutExtension(path)}-{outcome.Device}{Path.GetExtension(path)}");
}
