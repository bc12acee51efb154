using Grid.Experiments.Results;
using Grid.Experiments.Store;

namespace Grid.Client.Reading;

/// <summary>A home folder opened to look at; also while another process computes in it.</summary>
internal sealed class OpenHome : IAsyncDisposable
{
    private OpenHome(HomeFolder folder, IExperimentStore store)
    {
        Folder = folder;
        Store = store;
        Artifacts = new FileArtifactStore(folder);
    }

    public HomeFolder Folder { get; }
    public IExperimentStore Store { get; }
    public IArtifactStore Artifacts { get; }

    /// <exception cref="UserException">There is no store in the folder.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static OpenHome ToRead(string folder)
    {
        var home = Existing(folder);
        return new OpenHome(home, SqliteExperimentStore.OpenReadOnly(home.DatabaseFile));
    }

    /// <summary>To leave a request in it.</summary>
    /// <exception cref="UserException">There is no store in the folder.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static OpenHome ToWrite(string folder)
    {
        var home = Existing(folder);
        return new OpenHome(home, SqliteExperimentStore.Open(home.DatabaseFile));
    }

    /// <exception cref="UserException">There is none that fits, or several.</exception>
    public async Task<ExperimentRow> Find(string asked) => ExperimentIds.Resolve(await List(), asked, Folder.FullPath);

    /// <summary>Every experiment as it stands: one whose process was killed is interrupted, whatever it left in the store.</summary>
    public async Task<IReadOnlyList<ExperimentRow>> List()
    {
        var rows = await Store.ListExperiments();
        return Folder.InUse ? rows : [.. rows.Select(r => r.Status == ExperimentStatus.Running ? r with { Status = ExperimentStatus.Interrupted } : r)];
    }

    /// <summary>What an experiment has found so far.</summary>
    /// <param name="notes">Whether points carry the notes of all their stages.</param>
    /// <exception cref="UserException">There is no such experiment.</exception>
    public async Task<(ExperimentRow Row, ExperimentResults Results)> Read(string asked, bool notes = false)
    {
        var row = await Find(asked);
        return (row, await ExperimentResults.Load(Store, row, notes));
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private static HomeFolder Existing(string folder)
    {
        var home = HomeFolder.At(folder);
        return File.Exists(home.DatabaseFile)
            ? home
            : throw new UserException($"There is no experiment in {home.FullPath}. Start one with: grid run FILE, or name another folder with --home.");
    }
}
