using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Measurement.Kernels;

/// <summary>
/// Why ONNX Runtime leaves a layer in float although its tensors are quantized: the conditions of its fusion into an integer kernel, looked
/// up in the exported file (qdq_selectors.cc of ONNX Runtime).
/// </summary>
internal static class Int8Obstacle
{
    /// <summary>Scales of biases may be off by this share.</summary>
    private const double Tolerance = 0.01;

    /// <returns>A clause for a sentence; null when the file shows no reason.</returns>
    public static string? Of(OnnxModel model, OnnxNode layer)
    {
        if (Decoder(model, layer.Inputs[0]) is not { } input)
            return "its input is not quantized right before it, on both sides of what only moves values";
        if (Decoder(model, layer.Inputs[1]) is not { } weight || model.Initializer(weight.Inputs[0]) is not { Type: OnnxElementType.Int8 or OnnxElementType.UInt8 })
            return "its weights are not stored in 8 bits";
        if (layer.Inputs.Count > 2 && layer.Inputs[2].Length > 0)
        {
            if (Decoder(model, layer.Inputs[2]) is not { } bias || model.Initializer(bias.Inputs[0]) is not { Type: OnnxElementType.Int32 })
                return "its bias is not stored as int32";
            if (!Agree(Scales(model, bias), Scales(model, input), Scales(model, weight)))
                return "the scale of its bias is not that of its input times that of its weights";
        }
        return layer.Operator == "Conv" ? AfterConv(model, layer) : null;
    }

    private static string? AfterConv(OnnxModel model, OnnxNode layer)
    {
        if (Only(model, layer.Outputs[0]) is not { } next)
            return "its output is read by more than one node";
        var quantize = next.Operator == "Relu" ? Only(model, next.Outputs[0]) : next;
        if (quantize is not { Operator: "QuantizeLinear" })
            return "its output is not quantized right after it";
        if (next.Operator != "Relu" || quantize.Inputs.Count < 3 || model.Initializer(quantize.Inputs[2]) is not { } zero)
            return null;
        var (point, smallest) = zero.Type == OnnxElementType.UInt8 ? ((int)zero.Data[0], 0) : (unchecked((sbyte)zero.Data[0]), sbyte.MinValue);
        return point == smallest ? null : $"the zero point behind its ReLU is {point}, not {smallest}, so the ReLU does not vanish into the clamp";
    }

    private static bool Agree(float[]? bias, float[]? input, float[]? weight)
    {
        if (bias is null || weight is null || input is not [var scale])
            return false;
        for (var i = 0; i < Math.Max(bias.Length, weight.Length); i++)
        {
            var expected = (double)scale * weight[weight.Length == 1 ? 0 : i];
            if (Math.Abs(bias[bias.Length == 1 ? 0 : i] - expected) > Tolerance * expected)
                return false;
        }
        return true;
    }

    private static float[]? Scales(OnnxModel model, OnnxNode decoder) =>
        model.Initializer(decoder.Inputs[1]) is { Type: OnnxElementType.Float } scale ? scale.ToArray<float>() : null;

    private static OnnxNode? Decoder(OnnxModel model, string tensor) =>
        model.Nodes.FirstOrDefault(n => n.Operator == "DequantizeLinear" && n.Outputs[0] == tensor);

    private static OnnxNode? Only(OnnxModel model, string tensor) =>
        model.Nodes.Where(n => n.Inputs.Contains(tensor)).ToList() is [var only] ? only : null;
}
