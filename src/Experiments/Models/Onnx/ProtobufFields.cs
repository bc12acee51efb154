using Google.Protobuf;

namespace Grid.Experiments.Models.Onnx;

/// <summary>Walks the fields of protobuf messages.</summary>
internal static class ProtobufFields
{
    public static void Each(CodedInputStream input, Action<int> read) => Each(input, (field, _) => read(field));

    public static void Each(CodedInputStream input, Action<int, bool> read)
    {
        while (input.ReadTag() is var tag and not 0)
            read(WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited);
    }

    public static void Within(CodedInputStream input, Action<CodedInputStream> read) => Within(input, nested =>
    {
        read(nested);
        return true;
    });

    public static T Within<T>(CodedInputStream input, Func<CodedInputStream, T> read) => read(input.ReadBytes().CreateCodedInput());

    /// <summary>A repeated number stands alone or, packed, as a run of bytes.</summary>
    public static void Repeated<T>(CodedInputStream input, bool packed, Func<CodedInputStream, T> read, List<T> values)
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
