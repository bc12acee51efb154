using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Grid.Experiments.Datasets.Idx;

/// <summary>
/// Reads idx files, packed with gzip or not, whatever their names end in. The caller says what the file must hold, so a header
/// that lies costs no memory and a short or long file is always noticed.
/// </summary>
public static class IdxReader
{
    private const string Damaged = "its gzip data is damaged or cut off";

    /// <summary>The bytes behind the header, <see cref="IdxShape.BodyLength"/> of them, and the SHA-256 of the unpacked file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or it is not what is expected; the message says in which way.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static (byte[] Body, string Sha256) Read(string path, IdxShape expected)
    {
        using var file = File.OpenRead(path);
        if (!IsPacked(file))
            return Read(file, expected);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        var result = Read(unpacked, expected);
        CheckEnd(file, expected);
        return result;
    }

    /// <exception cref="InvalidDataException">A label is not below the number of classes.</exception>
    public static void CheckLabels(ReadOnlySpan<byte> labels, int classes)
    {
        var position = labels.IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (position >= 0)
            throw new InvalidDataException($"label {labels[position]} of image {position:N0} is not one of 0 to {classes - 1}");
    }

    private static bool IsPacked(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        var read = file.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && start[0] == 0x1f && start[1] == 0x8b;
    }

    /// <summary>
    /// A gzip file ends with the length of what it unpacks to; without this check a file that lacks its last few bytes would pass.
    /// </summary>
    private static void CheckEnd(FileStream file, IdxShape expected)
    {
        Span<byte> end = stackalloc byte[4];
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        if (BinaryPrimitives.ReadInt32LittleEndian(end) != expected.Header().Length + expected.BodyLength)
            throw new InvalidDataException(Damaged);
    }

    private static (byte[] Body, string Sha256) Read(Stream stream, IdxShape expected)
    {
        var header = new byte[expected.Header().Length];
        var length = header.Length + expected.BodyLength;
        var read = Fill(stream, header);
        if (read >= 4 && expected.Mismatch(header) is { } mismatch)
            throw new InvalidDataException(mismatch);
        if (read < header.Length)
            throw Short(read, length);
        var body = new byte[expected.BodyLength];
        read = Fill(stream, body);
        if (read < body.Length)
            throw Short(header.Length + read, length);
        if (Fill(stream, new byte[1]) != 0)
            throw new InvalidDataException($"it goes on after its {length:N0} bytes");

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(body);
        return (body, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static int Fill(Stream stream, byte[] buffer)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(Damaged, e);
        }
    }

    private static InvalidDataException Short(int found, int expected) =>
        new($"it ends after {found:N0} of {expected:N0} bytes");
}
