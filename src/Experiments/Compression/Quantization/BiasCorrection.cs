using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Compression.Quantization;

/// <summary>
/// Adds to each layer's bias what quantizing its weights took from its output on average; see <see cref="Calibration.OutputShift"/>.
/// </summary>
internal static class BiasCorrection
{
    public static OnnxModel Apply(OnnxModel model, IReadOnlyList<QuantizedWeights> layers, Calibration calibration)
    {
        var shifts = calibration.OutputShift(layers);
        var nodes = model.Nodes.ToList();
        var tensors = model.Initializers.ToList();
        foreach (var layer in layers.Select(l => l.Layer).Where(l => l.Node.Operator != "MatMul"))
        {
            var shift = shifts[layer.Node.Name];
            var old = layer.Bias is { } bias ? model.Initializer(bias) : null;
            var values = shift.Select((s, i) => s + (old is null ? 0 : old.ToArray<float>()[old.Count == 1 ? 0 : i])).ToArray();
            // A name of its own: the old bias may serve another layer, too.
            var name = $"{layer.Node.Name}.corrected-bias";
            tensors.Add(OnnxTensor.Floats(name, [values.Length], values));
            var at = nodes.FindIndex(n => n.Name == layer.Node.Name);
            nodes[at] = nodes[at] with { Inputs = [.. nodes[at].Inputs.Take(2), name] };
        }

        var read = nodes.SelectMany(n => n.Inputs).ToHashSet();
        return model with { Nodes = nodes, Initializers = [.. tensors.Where(t => read.Contains(t.Name))] };
    }
}
