using System.Security.Cryptography;

namespace Grid.Experiments.Store;

/// <summary>
/// Artifacts as files named by their SHA-256, in folders of its first two digits. After a power loss a name may be missing, never
/// half written: whoever reads checks the hash and has a missing one computed again.
/// </summary>
public sealed class FileArtifactStore(HomeFolder home) : IArtifactStore
{
    public string NewTemporaryPath() => Path.Combine(home.TemporaryFolder, $"{Guid.NewGuid():N}.onnx");

    public string Adopt(string temporaryPath) => Try("take over", temporaryPath, () =>
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

    public bool Quarantine(string sha256) => Try("check", Place(sha256), () =>
    {
        var place = Place(sha256);
        if (!File.Exists(place))
            return true;
        if (Holds(place, sha256, new FileInfo(place).Length))
            return false;
        var damaged = Path.Combine(home.ArtifactsFolder, "damaged");
        Directory.CreateDirectory(damaged);
        File.Move(place, Path.Combine(damaged, $"{sha256}-{Guid.NewGuid():N}"));
        return true;
    });

    private string Place(string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
            throw new ArgumentException($"'{sha256}' is not a SHA-256 in lower-case hexadecimal digits.", nameof(sha256));
        return Path.Combine(home.ArtifactsFolder, sha256[..2], sha256 + ".onnx");
    }

    private static bool Holds(string place, string sha256, long length)
    {
        if (!File.Exists(place) || new FileInfo(place).Length != length)
            return false;
        using var file = File.OpenRead(place);
        return Convert.ToHexStringLower(SHA256.HashData(file)) == sha256;
    }

    private T Try<T>(string what, string file, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"Cannot {what} {file} in {home.ArtifactsFolder}: {e.Message} Make room or change the permissions, then resume; what was finished is kept.", e);
        }
    }
}
