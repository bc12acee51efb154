using System.Buffers.Binary;

namespace Grid.Grains.Experiments;

/// <summary>A SHA-256 in its 32 bytes: a fifth of what its text takes.</summary>
internal readonly record struct Sha256Value(UInt128 First, UInt128 Second)
{
    private const int Bytes = 32;

    /// <param name="text">64 hexadecimal digits.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Sha256Value Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        return Convert.FromHexString(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == Bytes
            ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
            : throw new FormatException($"'{text}' is no SHA-256.");
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, First);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], Second);
        return Convert.ToHexStringLower(bytes);
    }
}
