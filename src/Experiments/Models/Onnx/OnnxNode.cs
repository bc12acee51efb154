namespace Grid.Experiments.Models.Onnx;

/// <summary>One operation of a graph. An input or output that is left out is an empty string.</summary>
public sealed record OnnxNode
{
    public required string Operator { get; init; }
    public string Name { get; init; } = "";
    public string Domain { get; init; } = "";
    public required IReadOnlyList<string> Inputs { get; init; }
    public required IReadOnlyList<string> Outputs { get; init; }
    public IReadOnlyList<OnnxArgument> Attributes { get; init; } = [];

    public OnnxArgument? Attribute(string name) => Attributes.FirstOrDefault(a => a.Name == name);

    public long Int(string name, long fallback) => Attribute(name)?.Int ?? fallback;

    public float Float(string name, float fallback) => Attribute(name)?.Float ?? fallback;

    public long[] Ints(string name, long[] fallback) => Attribute(name)?.Ints ?? fallback;

    /// <summary>How messages name the node: its name and operator, or its first output where it has no name.</summary>
    public override string ToString() => $"{(Name.Length > 0 ? $"'{Name}'" : $"producing '{Outputs[0]}'")} ({Operator})";
}
