using Grid.Experiments.Measurement.Packing;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;

namespace Grid.Client.Models;

/// <summary>Copies models out of the store: checked, and whole or not at all.</summary>
internal static class ModelCopy
{
    public const string Extension = ".onnx";

    /// <summary>Of the packed form, see <see cref="ModelPack"/>.</summary>
    public const string PackedExtension = ".onnx.pack";

    /// <summary>Writes the model to a file, in place of one that is there. Creates the folder.</summary>
    /// <returns>Bytes written.</returns>
    /// <exception cref="UserException">The model is gone or damaged (it is then moved aside), or the file cannot be written.</exception>
    /// <exception cref="StoreException">The model cannot be fetched, or a damaged one not be moved aside.</exception>
    public static async Task<long> Write(IArtifactStore artifacts, string sha256, string target, bool packed)
    {
        var onnx = await Read(artifacts, sha256);
        var bytes = packed ? ModelPack.Pack(onnx) : onnx;
        Write(bytes, target);
        return bytes.LongLength;
    }

    /// <exception cref="UserException">The file cannot be written.</exception>
    public static void Write(byte[] bytes, string target)
    {
        if (Directory.Exists(target))
            throw new UserException($"{target} is a folder; name a file in it.");
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
            var reason = e.Message.Replace(temporary, target, StringComparison.Ordinal);
            throw new UserException($"{target} cannot be written: {reason} Make room, change the permissions or name another place with --output.");
        }
    }

    private static async Task<byte[]> Read(IArtifactStore artifacts, string sha256)
    {
        const string again = "run the sweep file again to have it computed anew";
        if (await artifacts.Fetch(sha256) is not { } path)
            throw new UserException($"The model {sha256} is no longer in the home folder; {again}.");
        var bytes = await File.ReadAllBytesAsync(path);
        if (Sha256Text.Of(bytes) == sha256)
            return bytes;
        // A run reuses what lies in its place: only out of the way is it computed anew.
        await artifacts.Quarantine(sha256);
        throw new UserException($"The model {path} is damaged: its content is not that of its name; {again}.");
    }
}
