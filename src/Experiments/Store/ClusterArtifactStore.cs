using Grid.Experiments.Stages;
using Grid.Experiments.Store.Postgres;

namespace Grid.Experiments.Store;

/// <summary>
/// Artifacts in the database that all silos share, with a folder of this machine that keeps what was made or read here. The database has
/// the say: a copy in the folder that is damaged is fetched again.
/// </summary>
public sealed class ClusterArtifactStore : IArtifactStore
{
    private readonly FileArtifactStore cache;
    private readonly PostgresArtifacts shared;

    private ClusterArtifactStore(FileArtifactStore cache, PostgresArtifacts shared) => (this.cache, this.shared) = (cache, shared);

    /// <summary>Opens the artifacts of a store that is there, see <see cref="PostgresExperimentStore"/>; does not connect yet.</summary>
    /// <param name="cacheFolder">A folder of this machine, created if it is not there. Whatever is in it may be deleted while nobody uses it.</param>
    /// <exception cref="StoreException">The folder cannot be written, or the connection string cannot be read.</exception>
    public static ClusterArtifactStore Open(string connectionString, string cacheFolder, PostgresSettings? settings = null) => new(
        FileArtifactStore.Open(cacheFolder),
        new PostgresArtifacts(PostgresDatabase.Parse(connectionString), settings ?? new PostgresSettings()));

    public string NewTemporaryPath() => cache.NewTemporaryPath();

    /// <summary>Into the database first: when that is away the temporary file is still there, and the same can be tried again.</summary>
    public async Task<string> Adopt(string temporaryPath)
    {
        var sha256 = "";
        await Local(async () =>
        {
            sha256 = await Task.Run(() => Sha256Text.OfFile(temporaryPath));
            await shared.Put(sha256, temporaryPath);
        });
        return await cache.Adopt(temporaryPath, sha256);
    }

    /// <summary>Looks into the cache alone.</summary>
    public string? Find(string sha256) => cache.Find(sha256);

    /// <summary>Checks the copy that is here, and fetches it where it is missing or damaged. One that is damaged in the database is taken out of it.</summary>
    public async Task<string?> Fetch(string sha256)
    {
        // Before it is looked at: trimming leaves alone what is used.
        await cache.Use(sha256);
        if (!await cache.Quarantine(sha256))
            return cache.Find(sha256);
        var path = cache.NewTemporaryPath();
        try
        {
            var fetched = "";
            await Local(async () => fetched = await shared.Get(sha256, path));
            if (fetched == sha256)
            {
                await cache.Adopt(path, fetched);
                return cache.Find(sha256);
            }
            if (fetched is not null)
                await shared.Quarantine(sha256);
            return null;
        }
        finally
        {
            File.Delete(path);
        }
    }

    public Task<bool> Has(string sha256) => shared.Has(sha256);

    public async Task Remove(string sha256, TimeSpan leastAge = default)
    {
        await cache.Remove(sha256, leastAge);
        await shared.Remove(sha256, leastAge);
    }

    /// <summary>Those in the database, whose clock also tells their age.</summary>
    public Task<IReadOnlyList<StoredArtifact>> List() => shared.List();

    /// <summary>In the folder of this machine.</summary>
    public Task<Leftovers> Leftovers(TimeSpan leastAge, bool remove) => cache.Leftovers(leastAge, remove);

    /// <summary>Notes that a copy in the folder of this machine is used now: trimming leaves it alone.</summary>
    public Task Use(string sha256) => cache.Use(sha256);

    /// <summary>Deletes copies in the folder of this machine, those longest unused first, until the rest takes no more room than that.</summary>
    /// <param name="leastAge">What was made or used more recently stays, whatever it takes.</param>
    /// <returns>What was deleted.</returns>
    public Task<Leftovers> Trim(long mostBytes, TimeSpan leastAge) => cache.Trim(mostBytes, leastAge);

    public async Task<bool> Quarantine(string sha256)
    {
        await cache.Quarantine(sha256);
        return await shared.Quarantine(sha256);
    }

    private static async Task Local(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The cache of artifacts cannot be used: {e.Message} Make room or change its permissions, then resume.", e);
        }
    }
}
