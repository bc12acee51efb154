namespace Grid.Experiments.Tests.Models;

/// <summary>ONNX files put together byte by byte, for what Grid's own writer never writes; numbers of fields as in onnx.proto3.</summary>
internal static class OnnxBytes
{
    /// <summary>A field that holds less than 128 bytes.</summary>
    public static byte[] Field(int number, ReadOnlySpan<byte> content) => [(byte)((number << 3) | 2), (byte)content.Length, .. content];

    /// <summary>A model whose input "x" and output "y" are [batch, 4], of the given nodes and other fields of the graph and the file.</summary>
    public static byte[] Model(byte[] graphFields, byte[]? modelFields = null)
    {
        byte[] shape = [.. Field(1, Field(2, "batch"u8)), .. Field(1, [8, 4])];
        var type = Field(2, Field(1, [8, 1, .. Field(2, shape)]));
        byte[] graph = [.. graphFields, .. Field(11, [.. Field(1, "x"u8), .. type]), .. Field(12, [.. Field(1, "y"u8), .. type])];
        return [8, 8, .. Field(7, graph), .. modelFields ?? Field(8, [16, 17])];
    }

    public static byte[] Node(string type, string[] inputs, byte[]? attribute = null) =>
        Field(1, [.. inputs.SelectMany(i => Field(1, Text(i))), .. Field(2, "y"u8), .. Field(3, "it"u8), .. Field(4, Text(type)), .. attribute ?? []]);

    /// <summary>An initialiser "w" of shape [4] with its data in a field of TensorProto.</summary>
    public static byte[] Weights(byte type, byte[] data) => Field(5, [8, 4, 16, type, .. Field(8, "w"u8), .. data]);

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
