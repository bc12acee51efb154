using Google.Protobuf;

namespace Grid.Experiments.Models.Onnx;

/// <summary>Writes the messages of onnx.proto3; the numbers are its field numbers.</summary>
internal static class OnnxWriter
{
    public static byte[] Model(OnnxModel model) => Message(output =>
    {
        Int(output, 1, model.IrVersion);
        Text(output, 2, model.Producer);
        Nested(output, 7, graph => Graph(graph, model));
        Nested(output, 8, opset => Int(opset, 2, model.Opset));
        foreach (var domain in model.Nodes.Select(n => n.Domain).Where(d => d.Length > 0).Distinct().Order(StringComparer.Ordinal))
        {
            Nested(output, 8, opset =>
            {
                Text(opset, 1, domain);
                Int(opset, 2, 1);
            });
        }

        foreach (var (key, value) in model.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            Nested(output, 14, entry =>
            {
                Text(entry, 1, key);
                Text(entry, 2, value);
            });
        }
    });

    private static void Graph(CodedOutputStream output, OnnxModel model)
    {
        foreach (var node in model.Nodes)
            Nested(output, 1, message => Node(message, node));
        Text(output, 2, model.GraphName);
        foreach (var tensor in model.Initializers)
            Nested(output, 5, message => Tensor(message, tensor));
        foreach (var value in model.Inputs)
            Nested(output, 11, message => Value(message, value));
        foreach (var value in model.Outputs)
            Nested(output, 12, message => Value(message, value));
    }

    private static void Node(CodedOutputStream output, OnnxNode node)
    {
        foreach (var input in node.Inputs)
            Text(output, 1, input, evenIfEmpty: true);
        foreach (var name in node.Outputs)
            Text(output, 2, name, evenIfEmpty: true);
        Text(output, 3, node.Name);
        Text(output, 4, node.Operator);
        foreach (var argument in node.Attributes)
            Nested(output, 5, message => Argument(message, argument, node));
        Text(output, 7, node.Domain);
    }

    private static void Argument(CodedOutputStream output, OnnxArgument argument, OnnxNode node)
    {
        Text(output, 1, argument.Name);
        switch (argument)
        {
            case { Float: { } value }:
                output.WriteTag(2, WireFormat.WireType.Fixed32);
                output.WriteFloat(value);
                Int(output, 20, 1);
                break;
            case { Int: { } value }:
                Int(output, 3, value, evenIfZero: true);
                Int(output, 20, 2);
                break;
            case { String: { } value }:
                Text(output, 4, value, evenIfEmpty: true);
                Int(output, 20, 3);
                break;
            case { Tensor: { } value }:
                Nested(output, 5, message => Tensor(message, value));
                Int(output, 20, 4);
                break;
            case { Floats: { } values }:
                foreach (var value in values)
                {
                    output.WriteTag(7, WireFormat.WireType.Fixed32);
                    output.WriteFloat(value);
                }

                Int(output, 20, 6);
                break;
            case { Ints: { } values }:
                foreach (var value in values)
                    Int(output, 8, value, evenIfZero: true);
                Int(output, 20, 7);
                break;
            default:
                throw new OnnxException($"the attribute '{argument.Name}' of the node {node} is of a kind that Grid does not keep.");
        }
    }

    private static void Tensor(CodedOutputStream output, OnnxTensor tensor)
    {
        foreach (var length in tensor.Shape)
            Int(output, 1, length, evenIfZero: true);
        Int(output, 2, (long)tensor.Type);
        Text(output, 8, tensor.Name);
        output.WriteTag(9, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(tensor.Data));
    }

    private static void Value(CodedOutputStream output, OnnxValue value)
    {
        Text(output, 1, value.Name);
        Nested(output, 2, type => Nested(type, 1, tensor =>
        {
            Int(tensor, 1, (long)value.Type);
            Nested(tensor, 2, shape =>
            {
                foreach (var dimension in value.Shape)
                {
                    Nested(shape, 1, message =>
                    {
                        if (dimension.Length is { } length)
                            Int(message, 1, length, evenIfZero: true);
                        else
                            Text(message, 2, dimension.Name ?? "");
                    });
                }
            });
        }));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
            write(output);
        return buffer.ToArray();
    }

    private static void Nested(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(Message(write)));
    }

    private static void Int(CodedOutputStream output, int field, long value, bool evenIfZero = false)
    {
        if (value == 0 && !evenIfZero)
            return;
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Text(CodedOutputStream output, int field, string value, bool evenIfEmpty = false)
    {
        if (value.Length == 0 && !evenIfEmpty)
            return;
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }
}
