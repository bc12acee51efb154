using System.Security.Cryptography;
using static TorchSharp.torch;

namespace Grid.Experiments.Training.Checkpoints;

/// <summary>
/// A training between two epochs as a file: whose it is, the epochs done, the state, and a SHA-256 over all of it. It is there whole or
/// not at all. What follows from the stage's key, such as the order of the images and the pruned weights, is not in it.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>Raise it with every change of what is written. The state is written by TorchSharp, in a form of its own.</summary>
    private static readonly string version = $"Grid training checkpoint 1, TorchSharp {typeof(Tensor).Assembly.GetName().Version}";

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, string owner, int epochs, Action<BinaryWriter> state)
    {
        var part = path + ".part";
        using (var file = File.Create(part))
        {
            using var hash = SHA256.Create();
            using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
            using (var writer = new BinaryWriter(hashed))
            {
                writer.Write(version);
                writer.Write(owner);
                // No two files are alike, so that removing one, which is named by its hash, never removes another's.
                writer.Write(Guid.NewGuid().ToByteArray());
                writer.Write(epochs);
                state(writer);
            }
            file.Write(hash.Hash);
        }
        File.Move(part, path, overwrite: true);
    }

    /// <returns>The epochs done.</returns>
    /// <exception cref="CheckpointException">It cannot be gone on from; the message says why.</exception>
    public static int Read(string path, string owner, Action<BinaryReader> state)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (!IsWhole(file))
                throw new CheckpointException("it is damaged");
            file.Position = 0;
            using var reader = new BinaryReader(file);
            if (reader.ReadString() != version)
                throw new CheckpointException("another version of Grid wrote it");
            if (reader.ReadString() != owner)
                throw new CheckpointException("it is of another stage");
            _ = reader.ReadBytes(Guid.Empty.ToByteArray().Length);
            var epochs = reader.ReadInt32();
            state(reader);
            return epochs;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidDataException)
        {
            throw new CheckpointException($"it cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Whether the file ends in the hash of what is before.</summary>
    private static bool IsWhole(FileStream file)
    {
        if (file.Length < SHA256.HashSizeInBytes)
            return false;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> buffer = new byte[1 << 16];
        for (var left = file.Length - SHA256.HashSizeInBytes; left > 0;)
        {
            var piece = buffer[..file.Read(buffer[..(int)Math.Min(left, buffer.Length)])];
            if (piece.IsEmpty)
                return false;
            hash.AppendData(piece);
            left -= piece.Length;
        }
        Span<byte> written = stackalloc byte[SHA256.HashSizeInBytes];
        file.ReadExactly(written);
        return written.SequenceEqual(hash.GetHashAndReset());
    }
}

/// <summary>A checkpoint that cannot be gone on from.</summary>
internal sealed class CheckpointException(string message, Exception? inner = null) : Exception(message, inner);
