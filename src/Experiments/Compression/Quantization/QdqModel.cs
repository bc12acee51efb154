using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Compression.Quantization;

/// <summary>
/// Static int8: wraps activations and weights in QuantizeLinear and DequantizeLinear so that ONNX Runtime fuses each layer into an integer
/// kernel. It does so only under conditions that fail silently, and which this class keeps: a bias is int32 at exactly the scale of input
/// times weight; after a ReLU zero is the smallest code, so the ReLU vanishes into the clamp; what only moves values (pooling by
/// maximum, flattening) has the same scale on both sides.
/// </summary>
internal sealed class QdqModel
{
    private static readonly HashSet<string> Moving = ["MaxPool", "Flatten", "Reshape", "Identity", "Dropout"];

    private readonly OnnxModel model;
    private readonly Dictionary<string, QuantizedWeights> layers;
    private readonly Func<string, ActivationScale> scaleOf;
    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxTensor> tensors = [];
    private readonly Dictionary<string, ActivationScale> scales = [];

    /// <summary>Where a tensor's quantized twin is to be read instead.</summary>
    private readonly Dictionary<string, string> twins = [];

    private QdqModel(OnnxModel model, IReadOnlyList<QuantizedWeights> layers, Func<string, ActivationScale> scaleOf)
    {
        this.model = model;
        this.layers = layers.ToDictionary(l => l.Layer.Node.Name);
        this.scaleOf = scaleOf;
    }

    /// <param name="scaleOf">The calibrated scale of an activation.</param>
    public static OnnxModel Build(OnnxModel model, IReadOnlyList<QuantizedWeights> layers, Func<string, ActivationScale> scaleOf) =>
        new QdqModel(model, layers, scaleOf).Build();

    private OnnxModel Build()
    {
        Wrap(model.Inputs[0].Name);
        foreach (var node in model.Nodes)
        {
            nodes.Add(Rewritten(node));
            if (NeedsTwin(node))
                Wrap(node.Outputs[0], Moving.Contains(node.Operator) ? node.Inputs[0] : null);
        }

        var read = nodes.SelectMany(n => n.Inputs).Concat(model.Outputs.Select(o => o.Name)).ToHashSet();
        return model with { Nodes = nodes, Initializers = [.. tensors, .. model.Initializers.Where(t => read.Contains(t.Name))] };
    }

    private OnnxNode Rewritten(OnnxNode node)
    {
        var inputs = node.Inputs.Select(i => twins.GetValueOrDefault(i, i)).ToList();
        if (!layers.TryGetValue(node.Name, out var layer))
            return node with { Inputs = inputs };
        inputs[1] = Weight(layer);
        if (layer.Layer.Bias is { } bias)
            inputs[2] = Bias(layer, model.Initializer(bias)!, scales[node.Inputs[0]].Scale);
        return node with { Inputs = inputs };
    }

    /// <summary>Every activation, except the model's output, constants, and what goes nowhere but into a ReLU that is fused with it.</summary>
    private bool NeedsTwin(OnnxNode node)
    {
        var name = node.Outputs[0];
        if (node.Operator == "Constant" || model.Outputs.Any(o => o.Name == name))
            return false;
        return !(layers.ContainsKey(node.Name) && model.Nodes.Where(n => n.Inputs.Contains(name)).ToList() is [{ Operator: "Relu" }]);
    }

    /// <param name="like">The tensor whose scale it shares, because its values are the same in other places.</param>
    private void Wrap(string name, string? like = null)
    {
        var scale = scales[name] = like is not null && scales.TryGetValue(like, out var shared) ? shared : scaleOf(name);
        var (codes, twin) = ($"{name}.codes", $"{name}.quantized");
        tensors.Add(OnnxTensor.Floats($"{name}.scale", [], [scale.Scale]));
        tensors.Add(OnnxTensor.Of<byte>($"{name}.zero", OnnxElementType.UInt8, [], [scale.ZeroPoint]));
        nodes.Add(Linear("QuantizeLinear", name, codes, name));
        nodes.Add(Linear("DequantizeLinear", codes, twin, name));
        twins[name] = twin;
    }

    private string Weight(QuantizedWeights layer)
    {
        var weight = layer.Layer.Weight;
        var (codes, twin) = ($"{weight.Name}.codes", $"{weight.Name}.quantized");
        tensors.Add(OnnxTensor.Of<sbyte>(codes, OnnxElementType.Int8, weight.Shape, layer.Codes.Select(c => (sbyte)c).ToArray()));
        AddScale(weight.Name, layer.Steps, new sbyte[layer.Steps.Length], OnnxElementType.Int8);
        nodes.Add(Linear("DequantizeLinear", codes, twin, weight.Name, layer.Steps.Length > 1 ? layer.Layer.OutputAxis : null));
        return twin;
    }

    private string Bias(QuantizedWeights layer, OnnxTensor bias, float inputScale)
    {
        var scale = layer.Steps.Select(step => step * inputScale).ToArray();
        var values = bias.ToArray<float>();
        var codes = values.Select((value, i) => Saturated(value / (double)scale[scale.Length == 1 ? 0 : i])).ToArray();
        // Named after the layer: two layers may share a bias, but not its scale.
        var name = $"{layer.Layer.Node.Name}.{bias.Name}";
        tensors.Add(OnnxTensor.Of<int>($"{name}.codes", OnnxElementType.Int32, bias.Shape, codes));
        AddScale(name, scale, new int[scale.Length], OnnxElementType.Int32);
        nodes.Add(Linear("DequantizeLinear", $"{name}.codes", $"{name}.quantized", name, scale.Length > 1 ? bias.Shape.Length - 1 : null));
        return $"{name}.quantized";
    }

    private static int Saturated(double code) => (int)Math.Clamp(Math.Round(code, MidpointRounding.ToEven), int.MinValue, int.MaxValue);

    private void AddScale<T>(string name, float[] steps, T[] zeros, OnnxElementType type) where T : unmanaged
    {
        long[] shape = steps.Length == 1 ? [] : [steps.Length];
        tensors.Add(OnnxTensor.Floats($"{name}.scale", shape, steps));
        tensors.Add(OnnxTensor.Of<T>($"{name}.zero", type, shape, zeros));
    }

    private static OnnxNode Linear(string type, string from, string to, string scale, int? axis = null) => new()
    {
        Operator = type,
        Name = $"{to}.{(type == "QuantizeLinear" ? "quantize" : "dequantize")}",
        Inputs = [from, $"{scale}.scale", $"{scale}.zero"],
        Outputs = [to],
        Attributes = axis is { } along ? [new OnnxArgument { Name = "axis", Int = along }] : [],
    };
}
