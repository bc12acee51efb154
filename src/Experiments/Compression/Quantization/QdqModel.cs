using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Compression.Quantization;

/// <summary>
/// Static int8: wraps activations and weights in QuantizeLinear and DequantizeLinear so that ONNX Runtime fuses each layer into an integer
/// kernel. It does so only under conditions that fail silently, and which this class keeps: a bias is int32 at exactly the scale of input
/// times weight; after a ReLU zero is the smallest code, so the ReLU vanishes into the clamp; what only moves values (pooling by
/// maximum, flattening) has the same scale on both sides. What no integer layer reads or makes stays in float. Activations are uint8 and weights
/// int8; x86 processors that lack VNNI add two of their products in 16 bits, which large weights of 8 bits can saturate (7 bits cannot).
/// </summary>
internal sealed class QdqModel
{
    /// <summary>Of a bias in int32, less a margin for the rounding of float scales.</summary>
    private const double LargestBias = int.MaxValue * 0.999;

    private static readonly HashSet<string> Moving = ["MaxPool", "Flatten", "Reshape", "Identity", "Dropout"];

    private readonly OnnxModel model;
    private readonly Dictionary<string, QuantizedWeights> layers;
    private readonly Func<string, ActivationScale> scaleOf;
    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxTensor> tensors = [];
    private readonly Dictionary<string, ActivationScale> scales = [];
    private readonly HashSet<string> wanted;

    /// <summary>Where a tensor's quantized twin is to be read instead.</summary>
    private readonly Dictionary<string, string> twins = [];

    private QdqModel(OnnxModel model, IReadOnlyList<QuantizedWeights> layers, Func<string, ActivationScale> scaleOf)
    {
        this.model = model;
        this.layers = layers.ToDictionary(l => l.Layer.Node.Name);
        this.scaleOf = scaleOf;
        wanted = [.. model.Nodes.SelectMany(TwinsFor).Except(model.Outputs.Select(o => o.Name))];
    }

    /// <param name="scaleOf">The calibrated scale of an activation.</param>
    public static OnnxModel Build(OnnxModel model, IReadOnlyList<QuantizedWeights> layers, Func<string, ActivationScale> scaleOf) =>
        new QdqModel(model, layers, scaleOf).Build();

    private OnnxModel Build()
    {
        if (wanted.Contains(model.Inputs[0].Name))
            Wrap(model.Inputs[0].Name);
        foreach (var node in model.Nodes)
        {
            nodes.Add(Rewritten(node));
            if (wanted.Contains(node.Outputs[0]))
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
        var bias = layer.Layer.Bias is { } name ? model.Initializer(name) : null;
        if (bias is not null)
        {
            var inputScale = scales[node.Inputs[0]].Scale;
            layer = layer.WithStepsFrom(StepsThatHold(bias, layer, inputScale));
            inputs[2] = Bias(layer, bias, inputScale);
        }

        inputs[1] = Weight(layer);
        return node with { Inputs = inputs };
    }

    /// <summary>
    /// The tensors that must be quantized so that a node runs on integers: its input, through what only moves values, and its output, behind
    /// the ReLU that is fused with it. A Gemm may leave its output in float.
    /// </summary>
    private IEnumerable<string> TwinsFor(OnnxNode node)
    {
        if (!layers.ContainsKey(node.Name))
            yield break;
        for (var name = node.Inputs[0]; ;)
        {
            yield return name;
            if (model.Nodes.FirstOrDefault(n => n.Outputs.Contains(name)) is not { } maker || !Moving.Contains(maker.Operator))
                break;
            name = maker.Inputs[0];
        }

        var output = node.Outputs[0];
        var relu = model.Nodes.Where(n => n.Inputs.Contains(output)).ToList() is [{ Operator: "Relu" } only] ? only.Outputs[0] : null;
        if (node.Operator == "Conv")
            yield return relu is not null && model.Outputs.All(o => o.Name != relu) ? relu : output;
    }

    /// <summary>
    /// The smallest steps with which a bias fits its 32 bits: beside a bias, the weights of a channel that has next to none need no finer one.
    /// </summary>
    private static float[] StepsThatHold(OnnxTensor bias, QuantizedWeights layer, float inputScale)
    {
        var least = bias.ToArray<float>().Select(b => (float)(Math.Abs(b) / (inputScale * LargestBias))).ToArray();
        return layer.Steps.Length == 1 ? [least.Max()] : least;
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
        var codes = values.Select((value, i) => (int)Math.Round(value / (double)scale[scale.Length == 1 ? 0 : i], MidpointRounding.ToEven)).ToArray();
        // Named after the layer: two layers may share a bias, but not its scale.
        var name = $"{layer.Layer.Node.Name}.{bias.Name}";
        tensors.Add(OnnxTensor.Of<int>($"{name}.codes", OnnxElementType.Int32, bias.Shape, codes));
        AddScale(name, scale, new int[scale.Length], OnnxElementType.Int32);
        nodes.Add(Linear("DequantizeLinear", $"{name}.codes", $"{name}.quantized", name, scale.Length > 1 ? bias.Shape.Length - 1 : null));
        return $"{name}.quantized";
    }

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
