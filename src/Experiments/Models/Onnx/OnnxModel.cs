namespace Grid.Experiments.Models.Onnx;

/// <summary>A graph's input or output. A dimension is a length, or a name such as "batch" when it is free.</summary>
public sealed record OnnxValue(string Name, OnnxElementType Type, IReadOnlyList<OnnxDimension> Shape);

/// <summary>One dimension: a length, or null with an optional name when it is free.</summary>
public readonly record struct OnnxDimension(long? Length, string? Name = null)
{
    public static OnnxDimension Batch => new(null, "batch");

    public static implicit operator OnnxDimension(long length) => new(length);
}

/// <summary>
/// An ONNX model: the one form in which networks travel through Grid. Nodes are in topological order. Immutable: transformations
/// make a changed copy with <c>with</c>.
/// </summary>
public sealed record OnnxModel
{
    public long IrVersion { get; init; } = 8;

    /// <summary>Version of the default operator set.</summary>
    public long Opset { get; init; } = 17;

    public string Producer { get; init; } = "Grid";
    public string GraphName { get; init; } = "main";
    public required IReadOnlyList<OnnxNode> Nodes { get; init; }
    public required IReadOnlyList<OnnxTensor> Initializers { get; init; }

    /// <summary>Without the initialisers that old files also list as inputs.</summary>
    public required IReadOnlyList<OnnxValue> Inputs { get; init; }
    public required IReadOnlyList<OnnxValue> Outputs { get; init; }

    /// <summary>metadata_props of the file. Grid keeps what later stages must know here, see <see cref="OnnxMetadata"/>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    public OnnxTensor? Initializer(string name) => Initializers.FirstOrDefault(t => t.Name == name);
}

/// <summary>Keys of <see cref="OnnxModel.Metadata"/>.</summary>
public static class OnnxMetadata
{
    /// <summary>
    /// Names of the initialisers whose zero weights were pruned, separated by line feeds: fine-tuning keeps those zeros.
    /// </summary>
    public const string Pruned = "grid.pruned";

    /// <summary>Names of the Conv, Gemm and MatMul nodes that are meant to run in int8, separated by line feeds.</summary>
    public const string Int8Layers = "grid.int8-layers";
}
