using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Grid.Experiments.Models.Onnx;

/// <summary>Reads the messages of onnx.proto3; the numbers are its field numbers. Protobuf's own limits hold against hostile sizes and depths.</summary>
internal static class OnnxReader
{
    public static OnnxModel Model(CodedInputStream input)
    {
        long irVersion = 0, opset = 0;
        string producer = "";
        OnnxModel? graph = null;
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Each(input, field =>
        {
            switch (field)
            {
                case 1: irVersion = input.ReadInt64(); break;
                case 2: producer = input.ReadString(); break;
                case 7: graph = Within(input, Graph); break;
                case 8:
                    var (domain, version) = Within(input, OperatorSet);
                    if (domain is "" or "ai.onnx")
                        opset = version;
                    break;
                case 14:
                    var (key, value) = Within(input, Pair);
                    metadata[key] = value;
                    break;
                case 25: throw new OnnxException("it defines functions of its own, which Grid does not read: export it with them inlined.");
                default: input.SkipLastField(); break;
            }
        });
        if (graph is null || irVersion == 0)
            throw new OnnxException("this is no ONNX model: it has no graph.");
        // Before version 4 initialisers had to be listed as inputs too; the model no longer does.
        return graph with { IrVersion = Math.Max(irVersion, 4), Opset = opset, Producer = producer, Metadata = metadata };
    }

    private static OnnxModel Graph(CodedInputStream input)
    {
        var nodes = new List<OnnxNode>();
        var tensors = new List<OnnxTensor>();
        var inputs = new List<OnnxValue>();
        var outputs = new List<OnnxValue>();
        var name = "";
        Each(input, field =>
        {
            switch (field)
            {
                case 1: nodes.Add(Within(input, Node)); break;
                case 2: name = input.ReadString(); break;
                case 5: tensors.Add(Within(input, Tensor)); break;
                case 11: inputs.Add(Within(input, Value)); break;
                case 12: outputs.Add(Within(input, Value)); break;
                case 15: throw new OnnxException("it has sparse initialisers, which Grid does not read: export it with dense ones.");
                default: input.SkipLastField(); break;
            }
        });
        var constants = tensors.Select(t => t.Name).ToHashSet();
        return new OnnxModel
        {
            GraphName = name,
            Nodes = nodes,
            Initializers = tensors,
            Inputs = [.. inputs.Where(i => !constants.Contains(i.Name))],
            Outputs = outputs,
        };
    }

    private static OnnxNode Node(CodedInputStream input)
    {
        var inputs = new List<string>();
        var outputs = new List<string>();
        var attributes = new List<OnnxArgument>();
        string name = "", type = "", domain = "";
        Each(input, field =>
        {
            switch (field)
            {
                case 1: inputs.Add(input.ReadString()); break;
                case 2: outputs.Add(input.ReadString()); break;
                case 3: name = input.ReadString(); break;
                case 4: type = input.ReadString(); break;
                case 5: attributes.Add(Within(input, Argument)); break;
                case 7: domain = input.ReadString(); break;
                default: input.SkipLastField(); break;
            }
        });
        return new OnnxNode
        {
            Operator = type,
            Name = name,
            Domain = domain == "ai.onnx" ? "" : domain,
            Inputs = inputs,
            Outputs = outputs,
            Attributes = attributes,
        };
    }

    private static OnnxArgument Argument(CodedInputStream input)
    {
        string name = "", text = "";
        float single = 0;
        long type = 0, whole = 0;
        OnnxTensor? tensor = null;
        var floats = new List<float>();
        var ints = new List<long>();
        Each(input, (field, packed) =>
        {
            switch (field)
            {
                case 1: name = input.ReadString(); break;
                case 2: single = input.ReadFloat(); break;
                case 3: whole = input.ReadInt64(); break;
                case 4: text = input.ReadString(); break;
                case 5: tensor = Within(input, Tensor); break;
                case 7: Repeated(input, packed, s => s.ReadFloat(), floats); break;
                case 8: Repeated(input, packed, s => s.ReadInt64(), ints); break;
                case 20: type = input.ReadInt64(); break;
                default: input.SkipLastField(); break;
            }
        });
        return type switch
        {
            1 => new OnnxArgument { Name = name, Float = single },
            2 => new OnnxArgument { Name = name, Int = whole },
            4 when tensor is not null => new OnnxArgument { Name = name, Tensor = tensor },
            6 => new OnnxArgument { Name = name, Floats = [.. floats] },
            7 => new OnnxArgument { Name = name, Ints = [.. ints] },
            3 => new OnnxArgument { Name = name, String = text },
            // A subgraph, a list of texts and the like belong to operators that Grid does not know.
            _ => new OnnxArgument { Name = name },
        };
    }

    private static OnnxTensor Tensor(CodedInputStream input)
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

    private static OnnxValue Value(CodedInputStream input)
    {
        var name = "";
        var type = (Type: OnnxElementType.Float, Shape: (IReadOnlyList<OnnxDimension>)[]);
        Each(input, field =>
        {
            switch (field)
            {
                case 1: name = input.ReadString(); break;
                case 2: type = Within(input, TensorType); break;
                default: input.SkipLastField(); break;
            }
        });
        return new OnnxValue(name, type.Type, type.Shape);
    }

    private static (OnnxElementType, IReadOnlyList<OnnxDimension>) TensorType(CodedInputStream input)
    {
        var element = 0;
        var shape = new List<OnnxDimension>();
        Each(input, field =>
        {
            if (field != 1)
            {
                input.SkipLastField();
                return;
            }

            Within(input, tensor => Each(tensor, inner =>
            {
                switch (inner)
                {
                    case 1: element = tensor.ReadInt32(); break;
                    case 2: Within(tensor, list => Each(list, _ => shape.Add(Within(list, Dimension)))); break;
                    default: tensor.SkipLastField(); break;
                }
            }));
        });
        return ((OnnxElementType)element, shape);
    }

    private static OnnxDimension Dimension(CodedInputStream input)
    {
        long? length = null;
        string? name = null;
        Each(input, field =>
        {
            switch (field)
            {
                case 1: length = input.ReadInt64(); break;
                case 2: name = input.ReadString(); break;
                default: input.SkipLastField(); break;
            }
        });
        return new OnnxDimension(length, name);
    }

    private static (string Domain, long Version) OperatorSet(CodedInputStream input)
    {
        var domain = "";
        long version = 0;
        Each(input, field =>
        {
            switch (field)
            {
                case 1: domain = input.ReadString(); break;
                case 2: version = input.ReadInt64(); break;
                default: input.SkipLastField(); break;
            }
        });
        return (domain, version);
    }

    private static (string Key, string Value) Pair(CodedInputStream input)
    {
        string key = "", value = "";
        Each(input, field =>
        {
            switch (field)
            {
                case 1: key = input.ReadString(); break;
                case 2: value = input.ReadString(); break;
                default: input.SkipLastField(); break;
            }
        });
        return (key, value);
    }

    private static void Each(CodedInputStream input, Action<int> read) => Each(input, (field, _) => read(field));

    private static void Each(CodedInputStream input, Action<int, bool> read)
    {
        while (input.ReadTag() is var tag and not 0)
            read(WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited);
    }

    private static void Within(CodedInputStream input, Action<CodedInputStream> read) => Within(input, nested =>
    {
        read(nested);
        return true;
    });

    private static T Within<T>(CodedInputStream input, Func<CodedInputStream, T> read) => read(input.ReadBytes().CreateCodedInput());

    /// <summary>A repeated number stands alone or, packed, as a run of bytes.</summary>
    private static void Repeated<T>(CodedInputStream input, bool packed, Func<CodedInputStream, T> read, List<T> values)
    {
        if (!packed)
        {
            values.Add(read(input));
            return;
        }

        var run = input.ReadBytes().CreateCodedInput();
        while (!run.IsAtEnd)
            values.Add(read(run));
    }
}
