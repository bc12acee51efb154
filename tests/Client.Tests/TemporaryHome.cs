using Grid.Experiments.Store;

namespace Grid.Client.Tests;

/// <summary>A home folder of its own with a store and artifacts in it; deleted after.</summary>
internal sealed class TemporaryHome : IAsyncDisposable
{
    private TemporaryHome(string path)
    {
        Path = path;
        var folder = HomeFolder.Open(path);
        Store = SqliteExperimentStore.Open(folder.DatabaseFile);
        Artifacts = new FileArtifactStore(folder);
    }

    public string Path { get; }
    public IExperimentStore Store { get; }
    public FileArtifactStore Artifacts { get; }

    public static TemporaryHome Create() => new(Directory.CreateTempSubdirectory("grid-client-").FullName);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(Path, recursive: true);
    }
}
