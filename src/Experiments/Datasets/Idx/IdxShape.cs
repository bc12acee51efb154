using System.Buffers.Binary;

namespace Grid.Experiments.Datasets.Idx;

/// <summary>What an idx file must declare: unsigned bytes in these dimensions.</summary>
/// <param name="Content">"images" or "labels", for messages.</param>
/// <param name="Dimensions">Count first; for images rows and columns follow.</param>
public sealed record IdxShape(string Content, params int[] Dimensions)
{
    public static IdxShape Images(int count, int rows, int columns) => new("images", count, rows, columns);

    public static IdxShape Labels(int count) => new("labels", count);

    /// <summary>Bytes behind the header.</summary>
    public int BodyLength => Dimensions.Aggregate(1, (product, d) => checked(product * d));

    /// <summary>
    /// The header of such a file: two zeros, 8 for unsigned bytes, the number of dimensions, then each dimension as a big-endian
    /// 32-bit number (LeCun, "The MNIST database", yann.lecun.com/exdb/mnist).
    /// </summary>
    public byte[] Header()
    {
        var header = new byte[4 + 4 * Dimensions.Length];
        header[2] = UnsignedBytes;
        header[3] = (byte)Dimensions.Length;
        for (var i = 0; i < Dimensions.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), Dimensions[i]);
        return header;
    }

    /// <summary>Says how a header differs from the one expected; null when it does not.</summary>
    /// <param name="header">As many bytes as <see cref="Header"/> has.</param>
    public string? Mismatch(ReadOnlySpan<byte> header)
    {
        if (header[0] != 0 || header[1] != 0)
            return $"it does not begin like an idx file (first bytes {Convert.ToHexStringLower(header[..4])})";
        if (header[2] != UnsignedBytes)
            return $"its elements have type 0x{header[2]:x2}; {Content} are unsigned bytes (0x08)";
        if (header[3] != Dimensions.Length)
            return header[3] switch
            {
                1 => $"it holds labels where {Content} are expected",
                3 => $"it holds images where {Content} are expected",
                _ => $"it has {header[3]} dimensions; {Content} have {Dimensions.Length}",
            };
        var found = new uint[Dimensions.Length];
        for (var i = 0; i < found.Length; i++)
            found[i] = BinaryPrimitives.ReadUInt32BigEndian(header[(4 + 4 * i)..]);
        if (found[0] != Dimensions[0])
            return $"it declares {found[0]:N0} {Content}; expected {Dimensions[0]:N0}";
        return found.Zip(Dimensions, (f, d) => f == d).All(same => same)
            ? null
            : $"its {Content} are {string.Join(" x ", found.Skip(1))} pixels; expected {string.Join(" x ", Dimensions.Skip(1))}";
    }

    private const byte UnsignedBytes = 8;
}
