using Google.Protobuf;
using static Grid.Experiments.Models.Onnx.ProtobufFields;

namespace Grid.Experiments.Models.Onnx;

/// <summary>
/// Reads the messages of onnx.proto3; the numbers are its field numbers. No message holds another of its own kind, since subgraphs are
/// skipped, and a length beyond the file's end is refused: neither depth nor size can be made up.
/// </summary>
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
                case 5: tensors.Add(Within(input, OnnxTensorReader.Tensor)); break;
                case 11: inputs.Add(Within(input, OnnxValueReader.Value)); break;
                case 12: outputs.Add(Within(input, OnnxValueReader.Value)); break;
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
                case 5: tensor = Within(input, OnnxTensorReader.Tensor); break;
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
}
