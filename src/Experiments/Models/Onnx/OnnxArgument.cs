namespace Grid.Experiments.Models.Onnx;

/// <summary>
/// An attribute of a node (AttributeProto): one of the values is set, or none for kinds that Grid does not keep (subgraphs, lists of texts).
/// Such a model can be looked at but not written.
/// </summary>
public sealed record OnnxArgument
{
    public required string Name { get; init; }
    public float? Float { get; init; }
    public long? Int { get; init; }
    public string? String { get; init; }
    public OnnxTensor? Tensor { get; init; }
    public float[]? Floats { get; init; }
    public long[]? Ints { get; init; }
}
