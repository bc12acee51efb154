using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Grid.Experiments.Measurement.Packing;

/// <summary>
/// The packed form of a model: its .onnx file compressed with Brotli (RFC 7932), whose entropy coding turns pruned and quantized weights
/// into the bytes they are worth. Unpacking gives back the identical file or an error, never anything between.
/// </summary>
/// <remarks>
/// Layout, numbers little endian: "GRDP", version (1 byte, now 1), length of the file (8 bytes), SHA-256 of the file followed by its Brotli
/// stream (32 bytes), Brotli stream. The hash covers both, so that no damage goes unseen, even where it would unpack to the same file.
/// </remarks>
public static class ModelPack
{
    /// <summary>The longest file that is packed or unpacked, in bytes: a little under 2 GB, as an ONNX file is one protobuf message.</summary>
    public const int LargestFile = int.MaxValue - 1024;

    /// <summary>Up to here the strongest compression takes seconds; beyond, minutes to hours.</summary>
    private const int LargestAtBest = 16 << 20;

    private const int BestQuality = 10;
    private const int FastQuality = 9;

    /// <summary>Brotli's widest: back references reach 16 MB.</summary>
    private const int Window = 24;

    private const byte Version = 1;
    private const int HashStart = 13;
    private const int HeaderLength = HashStart + SHA256.HashSizeInBytes;

    /// <summary>Bytes made at a time, so that a pack that lies about its length takes no more memory than it fills.</summary>
    private const int Step = 64 << 10;

    private static ReadOnlySpan<byte> Magic => "GRDP"u8;

    /// <summary>
    /// Packs a file's bytes. The same bytes give the same pack. Quality 10 up to 16 MB, since 11 takes three times as long for the same size, and 9 beyond.
    /// </summary>
    /// <exception cref="ArgumentException">Longer than <see cref="LargestFile"/>.</exception>
    public static byte[] Pack(ReadOnlySpan<byte> onnx)
    {
        if (onnx.Length > LargestFile)
            throw new ArgumentException($"A file of {onnx.Length} bytes is too long to pack; {LargestFile} is the most.", nameof(onnx));
        var pack = ArrayPool<byte>.Shared.Rent(HeaderLength + BrotliEncoder.GetMaxCompressedLength(onnx.Length));
        try
        {
            var quality = onnx.Length <= LargestAtBest ? BestQuality : FastQuality;
            if (!BrotliEncoder.TryCompress(onnx, pack.AsSpan(HeaderLength), out var written, quality, Window))
                throw new InvalidOperationException($"Brotli could not compress {onnx.Length} bytes into the room it asked for.");
            Magic.CopyTo(pack);
            pack[Magic.Length] = Version;
            BinaryPrimitives.WriteInt64LittleEndian(pack.AsSpan(Magic.Length + 1), onnx.Length);
            Hash(onnx, pack.AsSpan(HeaderLength, written)).CopyTo(pack, HashStart);
            return pack[..(HeaderLength + written)];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pack);
        }
    }

    /// <summary>The file that was packed, byte for byte.</summary>
    /// <exception cref="InvalidDataException">
    /// It is no pack, of a newer version, damaged or cut off. Memory stays within what the pack declares, <see cref="LargestFile"/> at most.
    /// </exception>
    public static byte[] Unpack(ReadOnlySpan<byte> pack)
    {
        if (!pack.StartsWith(Magic))
            throw new InvalidDataException("This is no packed model: it does not begin as one.");
        if (pack.Length < HeaderLength)
            throw new InvalidDataException($"The packed model is cut off: it has {pack.Length} bytes, fewer than its {HeaderLength} of header.");
        if (pack[Magic.Length] != Version)
            throw new InvalidDataException($"The packed model is of version {pack[Magic.Length]}; this program reads version {Version}.");
        var length = BinaryPrimitives.ReadInt64LittleEndian(pack[(Magic.Length + 1)..]);
        if (length is < 0 or > LargestFile)
            throw new InvalidDataException($"The packed model is damaged: it declares a file of {length} bytes; 0 to {LargestFile} are possible.");
        var stream = pack[HeaderLength..];
        var onnx = Decompress(stream, (int)length);
        if (!Hash(onnx, stream).AsSpan().SequenceEqual(pack[HashStart..HeaderLength]))
            throw new InvalidDataException("The packed model is damaged: its SHA-256 differs.");
        return onnx;
    }

    /// <summary>Bytes of the packed form of a file.</summary>
    /// <exception cref="IOException">The file cannot be read, or is longer than 2 GB.</exception>
    public static long PackedSize(string path) => Pack(File.ReadAllBytes(path)).Length;

    private static byte[] Decompress(ReadOnlySpan<byte> stream, int length)
    {
        var onnx = new ArrayBufferWriter<byte>(Math.Min(length + 1, Step));
        using var decoder = new BrotliDecoder();
        while (true)
        {
            // Room for one byte too many tells a file that is longer than declared.
            var room = onnx.GetSpan(Math.Min(Step, length + 1 - onnx.WrittenCount));
            room = room[..Math.Min(room.Length, length + 1 - onnx.WrittenCount)];
            var status = decoder.Decompress(stream, room, out var consumed, out var written);
            onnx.Advance(written);
            stream = stream[consumed..];
            if (onnx.WrittenCount > length)
                throw new InvalidDataException($"The packed model is damaged: it holds more than the {length} bytes it declares.");
            switch (status)
            {
                case OperationStatus.Done when onnx.WrittenCount == length && stream.IsEmpty:
                    return onnx.WrittenSpan.ToArray();
                case OperationStatus.Done:
                    throw new InvalidDataException(
                        $"The packed model is damaged: it holds {onnx.WrittenCount} of the {length} bytes it declares, and {stream.Length} bytes after its end.");
                case OperationStatus.NeedMoreData:
                    throw new InvalidDataException($"The packed model is cut off after {onnx.WrittenCount} of its {length} bytes.");
                case OperationStatus.InvalidData:
                    throw new InvalidDataException($"The packed model is damaged after {onnx.WrittenCount} of its {length} bytes.");
            }
        }
    }

    private static byte[] Hash(ReadOnlySpan<byte> onnx, ReadOnlySpan<byte> stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(onnx);
        hash.AppendData(stream);
        return hash.GetHashAndReset();
    }
}
