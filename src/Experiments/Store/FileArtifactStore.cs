using Grid.Experiments.Stages;

namespace Grid.Experiments.Store;

/// <summary>
/// Artifacts as files named by their SHA-256, in folders of its first two digits. After a power loss a name may be missing, never
/// half written: whoever reads checks the hash and has a missing one computed again.
/// </summary>
public sealed class FileArtifactStore : IArtifactStore
{
    private readonly string folder;
    private readonly string temporaryFolder;

    /// <summary>What is noted as used is not deleted as old at the same moment.</summary>
    private readonly Lock ages = new();

    /// <summary>The artifacts of a home folder.</summary>
    public FileArtifactStore(HomeFolder home) : this(home.ArtifactsFolder, home.TemporaryFolder)
    {
    }

    private FileArtifactStore(string folder, string temporaryFolder) => (this.folder, this.temporaryFolder) = (folder, temporaryFolder);

    /// <summary>Artifacts in a folder of their own, created if it is not there: one that several machines share, or a cache.</summary>
    /// <exception cref="StoreException">The folder cannot be written.</exception>
    public static FileArtifactStore Open(string folder)
    {
        var full = Path.GetFullPath(folder);
        var artifacts = new FileArtifactStore(full, Path.Combine(full, "tmp"));
        try
        {
            Directory.CreateDirectory(artifacts.temporaryFolder);
            // Creating a folder that is there proves nothing: a share may be mounted for reading only.
            var probe = artifacts.NewTemporaryPath();
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return artifacts;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The folder of artifacts {full} cannot be written: {e.Message} Change its permissions or name another.", e);
        }
    }

    public string NewTemporaryPath() => Path.Combine(temporaryFolder, $"{Guid.NewGuid():N}.onnx");

    /// <summary>Hashes, syncs, renames.</summary>
    public Task<string> Adopt(string temporaryPath) => Adopt(temporaryPath, null);

    /// <param name="known">The file's SHA-256, for which the caller answers; null to have it computed.</param>
    internal Task<string> Adopt(string temporaryPath, string? known) => Try("take over", temporaryPath, () =>
    {
        string sha256;
        using (var file = new FileStream(temporaryPath, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete))
        {
            sha256 = known ?? Sha256Text.Of(file);
            if (Holds(Place(sha256), sha256, file.Length))
            {
                Touch(Place(sha256));
                File.Delete(temporaryPath);
                return sha256;
            }
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }

        var place = Place(sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Touch(temporaryPath);
        File.Move(temporaryPath, place, overwrite: true);
        return sha256;
    });

    public string? Find(string sha256)
    {
        var place = Place(sha256);
        return File.Exists(place) ? place : null;
    }

    /// <summary>Where it lies: this machine reads it there. Its content is not checked.</summary>
    public Task<string?> Fetch(string sha256) => Task.Run(() => Find(sha256));

    public Task<bool> Has(string sha256) => Task.Run(() => Find(sha256) is not null);

    public Task Remove(string sha256, TimeSpan leastAge = default) => Delete(sha256, leastAge);

    public Task<IReadOnlyList<StoredArtifact>> List() => Try<IReadOnlyList<StoredArtifact>>("list", "artifacts", () =>
    [
        .. new DirectoryInfo(folder).EnumerateDirectories("??").SelectMany(d => d.EnumerateFiles("*.onnx"))
            .Select(f => new StoredArtifact(Path.GetFileNameWithoutExtension(f.Name), f.Length, Age(f))).Where(a => Sha256Text.Is(a.Sha256)),
    ]);

    public Task<Leftovers> Leftovers(TimeSpan leastAge, bool remove) => Try("clean", "what was left", () =>
    {
        var files = new[] { temporaryFolder, DamagedFolder }.Where(Directory.Exists)
            .SelectMany(f => new DirectoryInfo(f).EnumerateFiles()).Where(f => Age(f) >= leastAge).ToList();
        var found = new Leftovers(files.Count, files.Sum(f => f.Length));
        if (remove)
            files.ForEach(f => f.Delete());
        return found;
    });

    /// <summary>
    /// Deletes what was longest unused until the rest takes no more room than that: for a cache, whose files are elsewhere too.
    /// </summary>
    /// <param name="leastAge">What was adopted or used more recently stays, whatever it takes.</param>
    /// <returns>What was deleted.</returns>
    public async Task<Leftovers> Trim(long mostBytes, TimeSpan leastAge)
    {
        var all = await List();
        var (bytes, deleted) = (all.Sum(a => a.Bytes), new Leftovers(0, 0));
        foreach (var oldest in all.OrderByDescending(a => a.Age).TakeWhile(a => a.Age >= leastAge))
        {
            if (bytes <= mostBytes)
                break;
            // It may be in use by now.
            if (!await Delete(oldest.Sha256, leastAge))
                continue;
            bytes -= oldest.Bytes;
            deleted = new Leftovers(deleted.Files + 1, deleted.Bytes + oldest.Bytes);
        }
        return deleted;
    }

    /// <summary>Notes that the artifact, if it is here, is used now. One that this user may only read is as old as it was.</summary>
    public Task Use(string sha256) => Try("use", Place(sha256), () =>
    {
        try
        {
            lock (ages)
                Touch(Place(sha256));
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    /// <returns>Whether it was there, and old enough.</returns>
    private Task<bool> Delete(string sha256, TimeSpan leastAge) => Try("remove", Place(sha256), () =>
    {
        // Not to be there is no error, but its folder must.
        var file = new FileInfo(Place(sha256));
        lock (ages)
        {
            if (!file.Exists || Age(file) < leastAge)
                return false;
            file.Delete();
            return true;
        }
    });

    /// <summary>A damaged file is moved into a folder "damaged".</summary>
    public Task<bool> Quarantine(string sha256) => Try("check", Place(sha256), () =>
    {
        var place = Place(sha256);
        if (!File.Exists(place))
            return true;
        if (Holds(place, sha256, new FileInfo(place).Length))
            return false;
        Directory.CreateDirectory(DamagedFolder);
        File.Move(place, Path.Combine(DamagedFolder, $"{sha256}-{Guid.NewGuid():N}"));
        return true;
    });

    private string DamagedFolder => Path.Combine(folder, "damaged");

    /// <summary>Since it was written, or adopted again: that is noted as an access, which leaves the time of writing as it was.</summary>
    private static TimeSpan Age(FileInfo file)
    {
        var last = file.LastWriteTimeUtc > file.LastAccessTimeUtc ? file.LastWriteTimeUtc : file.LastAccessTimeUtc;
        var age = TimeProvider.System.GetUtcNow().UtcDateTime - last;
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }

    private static void Touch(string path) => File.SetLastAccessTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime);

    private string Place(string sha256)
    {
        if (!Sha256Text.Is(sha256))
            throw new ArgumentException($"'{sha256}' is not a SHA-256 in lower-case hexadecimal digits.", nameof(sha256));
        return Path.Combine(folder, sha256[..2], sha256 + ".onnx");
    }

    private static bool Holds(string place, string sha256, long length)
    {
        var file = new FileInfo(place);
        return file.Exists && file.Length == length && Sha256Text.OfFile(place) == sha256;
    }

    /// <summary>On the thread pool: hashing and syncing take their time, and a share may hang.</summary>
    private Task<T> Try<T>(string what, string file, Func<T> action) => Task.Run(() =>
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"Cannot {what} {file} in {folder}: {e.Message} Make room or change the permissions, then resume; what was finished is kept.", e);
        }
    });
}
