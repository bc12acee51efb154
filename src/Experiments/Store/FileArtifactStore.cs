using System.Security.Cryptography;

namespace Grid.Experiments.Store;

/// <summary>
/// Artifacts as files named by their SHA-256, in folders of its first two digits. After a power loss a name may be missing, never
/// half written: whoever reads checks the hash and has a missing one computed again.
/// </summary>
public sealed class FileArtifactStore : IArtifactStore
{
    private readonly string folder;
    private readonly string temporaryFolder;

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
    public Task<string> Adopt(string temporaryPath) => Try("take over", temporaryPath, () =>
    {
        string sha256;
        using (var file = new FileStream(temporaryPath, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete))
        {
            sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
            if (Holds(Place(sha256), sha256, file.Length))
            {
                File.Delete(temporaryPath);
                return sha256;
            }
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }

        var place = Place(sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
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

    public Task Remove(string sha256) => Try("remove", Place(sha256), () =>
    {
        // Not to be there is no error, but its folder must.
        if (File.Exists(Place(sha256)))
            File.Delete(Place(sha256));
        return true;
    });

    /// <summary>A damaged file is moved into a folder "damaged".</summary>
    public Task<bool> Quarantine(string sha256) => Try("check", Place(sha256), () =>
    {
        var place = Place(sha256);
        if (!File.Exists(place))
            return true;
        if (Holds(place, sha256, new FileInfo(place).Length))
            return false;
        var damaged = Path.Combine(folder, "damaged");
        Directory.CreateDirectory(damaged);
        File.Move(place, Path.Combine(damaged, $"{sha256}-{Guid.NewGuid():N}"));
        return true;
    });

    private string Place(string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
            throw new ArgumentException($"'{sha256}' is not a SHA-256 in lower-case hexadecimal digits.", nameof(sha256));
        return Path.Combine(folder, sha256[..2], sha256 + ".onnx");
    }

    private static bool Holds(string place, string sha256, long length)
    {
        if (!File.Exists(place) || new FileInfo(place).Length != length)
            return false;
        using var file = File.OpenRead(place);
        return Convert.ToHexStringLower(SHA256.HashData(file)) == sha256;
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
