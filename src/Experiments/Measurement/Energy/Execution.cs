using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement.Energy;

/// <summary>
/// How the nodes of a file run: on floats, or on the integers between a DequantizeLinear and a QuantizeLinear, which then are part of
/// the integer kernel and move nothing themselves.
/// </summary>
internal sealed class Execution
{
    private readonly Dictionary<string, OnnxNode> makers;
    private readonly ILookup<string, OnnxNode> readers;
    private readonly HashSet<string> outputs;
    private readonly HashSet<string> constants;
    private readonly HashSet<OnnxNode> integer = new(ReferenceEqualityComparer.Instance);

    public Execution(OnnxModel model, IReadOnlyList<LayerReport> layers)
    {
        makers = model.Nodes.SelectMany(n => n.Outputs.Where(o => o.Length > 0), (n, o) => (n, o)).ToDictionary(p => p.o, p => p.n);
        readers = model.Nodes.SelectMany(n => n.Inputs.Distinct(), (n, i) => (n, i)).ToLookup(p => p.i, p => p.n);
        outputs = [.. model.Outputs.Select(o => o.Name)];
        constants = [.. model.Initializers.Select(t => t.Name)];
        var kernels = layers.GroupBy(l => l.Layer).ToDictionary(g => g.Key, g => g.Last().Precision);
        foreach (var node in model.Nodes)
        {
            if (node.Inputs.All(i => i.Length == 0 || constants.Contains(i)))
                constants.UnionWith(node.Outputs);
            else if (IsLayer(node) ? kernels.GetValueOrDefault(node.Name, Asked(model, node)) == "int8" : IsBetweenIntegers(node))
                integer.Add(node);
        }
    }

    public static bool IsLayer(OnnxNode node) => node.Operator is "Conv" or "Gemm" or "MatMul";

    /// <summary>Computed from the file alone: it travels as the file stores it and is decoded on the way.</summary>
    public bool IsConstant(string tensor) => constants.Contains(tensor);

    public bool OnIntegers(OnnxNode node) => integer.Contains(node);

    /// <summary>Whether an activation, or a decoded weight, only ever exists as 8-bit codes (or 32-bit ones, for a bias).</summary>
    public bool InIntegers(string tensor)
    {
        if (!makers.TryGetValue(tensor, out var maker))
            return false;
        return maker.Operator switch
        {
            "QuantizeLinear" => true,
            "DequantizeLinear" => IsRead(tensor, OnIntegers),
            _ => OnIntegers(maker) && IsRead(tensor, n => n.Operator == "QuantizeLinear" || (OnIntegers(n) && !IsLayer(n))),
        };
    }

    /// <summary>Whether a QuantizeLinear or DequantizeLinear is part of the integer kernel beside it.</summary>
    public bool IsFused(OnnxNode node) => node.Operator switch
    {
        "QuantizeLinear" => InIntegers(node.Inputs[0]),
        "DequantizeLinear" => InIntegers(node.Outputs[0]),
        _ => false,
    };

    private bool IsRead(string tensor, Func<OnnxNode, bool> all) => !outputs.Contains(tensor) && readers[tensor].All(all);

    /// <summary>The precision that the file asks for.</summary>
    private string Asked(OnnxModel model, OnnxNode node) =>
        MakerOf(node.Inputs[0]) == "DequantizeLinear" && MakerOf(node.Inputs[1]) == "DequantizeLinear"
        && model.Initializer(makers[node.Inputs[1]].Inputs[0]) is { Type: OnnxElementType.Int8 or OnnxElementType.UInt8 }
            ? "int8"
            : "float32";

    /// <summary>Reads codes, or the accumulators of an integer layer before it, and makes what is quantized at once.</summary>
    private bool IsBetweenIntegers(OnnxNode node) =>
        node.Operator is not ("QuantizeLinear" or "DequantizeLinear")
        && makers.TryGetValue(node.Inputs[0], out var maker) && (maker.Operator == "DequantizeLinear" || OnIntegers(maker))
        && node.Outputs.Where(o => o.Length > 0).All(o => IsRead(o, n => n.Operator == "QuantizeLinear"));

    private string? MakerOf(string tensor) => makers.GetValueOrDefault(tensor)?.Operator;
}
