using Google.Protobuf;
using static Grid.Experiments.Models.Onnx.ProtobufFields;

namespace Grid.Experiments.Models.Onnx;

/// <summary>Reads ValueInfoProto: the name, element type and shape of an input or output.</summary>
internal static class OnnxValueReader
{
    public static OnnxValue Value(CodedInputStream input)
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
}
