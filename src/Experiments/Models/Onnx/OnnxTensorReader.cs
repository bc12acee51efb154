using System.Runtime.InteropServices;
using Google.Protobuf;
using static Grid.Experiments.Models.Onnx.ProtobufFields;

namespace Grid.Experiments.Models.Onnx;

/// <summary>Reads TensorProto.</summary>
internal static class OnnxTensorReader
{
    public static OnnxTensor Tensor(CodedInputStream input)
    {
        var shape = new List<long>();
        var floats = new List<float>();
        var doubles = new List<double>();
        var ints = new List<int>();
        var longs = new List<long>();
        byte[]? raw = null;
        var name = "";
        var type = 0;
        Each(input, (field, packed) =>
        {
            switch (field)
            {
                case 1: Repeated(input, packed, s => s.ReadInt64(), shape); break;
                case 2: type = input.ReadInt32(); break;
                case 4: Repeated(input, packed, s => s.ReadFloat(), floats); break;
                case 5: Repeated(input, packed, s => s.ReadInt32(), ints); break;
                case 7: Repeated(input, packed, s => s.ReadInt64(), longs); break;
                case 8: name = input.ReadString(); break;
                case 9: raw = input.ReadBytes().ToByteArray(); break;
                case 10: Repeated(input, packed, s => s.ReadDouble(), doubles); break;
                case 13: throw new OnnxException($"the weights of '{name}' lie in another file (external data): save it as one file.");
                case 14 when input.ReadInt32() == 1: throw new OnnxException("its weights lie in another file (external data): save it as one file.");
                case 14: break;
                default: input.SkipLastField(); break;
            }
        });
        var element = (OnnxElementType)type;
        return new OnnxTensor(name, element, [.. shape], raw ?? Typed(element, floats, doubles, ints, longs));
    }

    /// <summary>The other form of tensor data: one field per kind of number, small ones widened to int32.</summary>
    private static byte[] Typed(OnnxElementType type, List<float> floats, List<double> doubles, List<int> ints, List<long> longs) => type switch
    {
        OnnxElementType.Float => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(floats)).ToArray(),
        OnnxElementType.Double => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(doubles)).ToArray(),
        OnnxElementType.Int64 => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(longs)).ToArray(),
        OnnxElementType.Int32 => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(ints)).ToArray(),
        OnnxElementType.Int8 or OnnxElementType.UInt8 or OnnxElementType.Bool => [.. ints.Select(i => unchecked((byte)i))],
        OnnxElementType.Int16 or OnnxElementType.UInt16 or OnnxElementType.Float16 =>
            MemoryMarshal.AsBytes<short>(ints.Select(i => unchecked((short)i)).ToArray()).ToArray(),
        _ => [],
    };
}
