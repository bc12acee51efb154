namespace Grid.Experiments.Models.Onnx;

/// <summary>A constant tensor: an initialiser or the value of an attribute. Data is little endian, row major.</summary>
public sealed class OnnxTensor(string name, OnnxElementType type, long[] shape, byte[] data)
{
    public string Name { get; } = name;
    public OnnxElementType Type { get; } = type;
    public long[] Shape { get; } = shape;
    public byte[] Data { get; } = data;

    /// <summary>Number of elements: the product of the shape, 1 for a scalar.</summary>
    public int Count => (int)Shape.Aggregate(1L, (product, length) => checked(product * length));

    public static OnnxTensor Of<T>(string name, OnnxElementType type, long[] shape, ReadOnlySpan<T> values) where T : unmanaged =>
        new(name, type, shape, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).ToArray());

    public static OnnxTensor Floats(string name, long[] shape, ReadOnlySpan<float> values) => Of(name, OnnxElementType.Float, shape, values);

    public static OnnxTensor Longs(string name, long[] shape, ReadOnlySpan<long> values) => Of(name, OnnxElementType.Int64, shape, values);

    /// <summary>A copy of the elements as <typeparamref name="T"/>, whose size must be that of the element type.</summary>
    public T[] ToArray<T>() where T : unmanaged => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(Data).ToArray();

    public OnnxTensor Renamed(string name) => new(name, Type, Shape, Data);
}
