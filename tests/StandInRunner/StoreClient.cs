using Grid.Experiments.Store;

namespace Grid.StandInRunner;

/// <summary>Another process at a store or a home folder, to be killed at any moment.</summary>
internal static class StoreClient
{
    /// <summary>Appends events, eight at a time, until it is killed or its input ends; prints each sequence number once it is durable.</summary>
    public static async Task<int> AppendEvents(string file, string experiment)
    {
        var ended = Task.Run(() => Console.In.ReadToEnd());
        await using var store = SqliteExperimentStore.Open(file);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!ended.IsCompleted)
            {
                var sequence = await store.AppendEvent(experiment, "k", "{}", DateTimeOffset.UnixEpoch);
                lock (ended)
                    Console.Out.WriteLine(sequence);
            }
        }));
        return 0;
    }

    /// <summary>Locks the home folder, says so, and keeps it until it is killed or its input ends.</summary>
    public static int HoldHome(string folder)
    {
        using var held = HomeFolder.Open(folder).Lock();
        Console.Out.WriteLine("locked");
        Console.In.ReadToEnd();
        return 0;
    }
}
