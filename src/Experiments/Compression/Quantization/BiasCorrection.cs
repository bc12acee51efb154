using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Compression.Quantization;

/// <summary>
/// Takes out of each layer's bias what quantizing weights added to its output on average: b += E[y] - E[y_q] per output channel, over the
/// calibration images (Nagel et al. 2019, "Data-Free Quantization Through Weight Equalization and Bias Correction", arXiv 1906.04721,
/// section 4.2, in its empirical form). Layers are corrected in order: y_q comes from the network whose weights are all quantized and whose
/// earlier layers are corrected, so that a layer makes up for what is left of theirs. Activations are in float throughout.
/// </summary>
internal static class BiasCorrection
{
    /// <summary>The model with its weights as they were and corrected biases; each layer takes one pass over the images.</summary>
    /// <param name="notes">Told which layers have no bias that could be corrected.</param>
    public static OnnxModel Apply(OnnxModel model, IReadOnlyList<QuantizedWeights> quantized, Calibration calibration, List<string> notes)
    {
        var layers = quantized.Select(q => q.Layer).Where(l => CanCorrect(l, model, notes)).ToList();
        var expected = calibration.ChannelMeans(model, layers.Select(l => l.Node.Outputs[0]).ToHashSet());
        var corrected = model.Replacing(quantized.ToDictionary(
            q => q.Layer.Weight.Name, q => OnnxTensor.Floats(q.Layer.Weight.Name, q.Layer.Weight.Shape, q.Decoded())));
        foreach (var layer in layers)
        {
            var output = layer.Node.Outputs[0];
            var actual = calibration.ChannelMeans(corrected, new HashSet<string> { output })[output];
            corrected = WithBias(corrected, layer, [.. expected[output].Zip(actual, (e, a) => (e - a) / Beta(layer))]);
        }

        return corrected.Replacing(quantized.ToDictionary(q => q.Layer.Weight.Name, q => q.Layer.Weight));
    }

    private static bool CanCorrect(WeightLayer layer, OnnxModel model, List<string> notes)
    {
        var obstacle = layer.Node.Operator == "MatMul" ? "a MatMul has no bias"
            : Beta(layer) == 0 ? "its beta is zero"
            : layer.Bias is { } bias && (model.Initializer(bias) is not { Type: OnnxElementType.Float } b || (b.Count != 1 && b.Count != layer.Outputs))
                ? "its bias is not one stored value per channel"
            : null;
        if (obstacle is not null)
            notes.Add($"quantize: the bias of {layer.Node} is not corrected: {obstacle}");
        return obstacle is null;
    }

    /// <summary>What a Gemm multiplies its bias with.</summary>
    private static float Beta(WeightLayer layer) => layer.Node.Operator == "Gemm" ? layer.Node.Float("beta", 1) : 1;

    private static OnnxModel WithBias(OnnxModel model, WeightLayer layer, double[] shift)
    {
        var old = layer.Bias is { } bias ? model.Initializer(bias)!.ToArray<float>() : [0];
        // A name of its own: the old bias may serve another layer, too.
        var name = $"{layer.Node.Name}.corrected-bias";
        var values = OnnxTensor.Floats(name, [shift.Length], shift.Select((s, i) => (float)(old[old.Length == 1 ? 0 : i] + s)).ToArray());
        var nodes = model.Nodes.Select(n => n.Name == layer.Node.Name ? n with { Inputs = [.. n.Inputs.Take(2), name] } : n).ToList();
        var read = nodes.SelectMany(n => n.Inputs).ToHashSet();
        return model with { Nodes = nodes, Initializers = [.. model.Initializers.Where(t => read.Contains(t.Name)), values] };
    }
}
