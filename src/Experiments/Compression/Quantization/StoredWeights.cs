using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Compression.Quantization;

/// <summary>
/// Weights-only quantization: codes are stored in the smallest integer type that holds them and decoded by a Cast and a Mul, which the
/// runtime folds when it loads the model. The file is smaller, the speed that of float32. Codes of fewer than 8 bits take a byte
/// each; packing takes out the rest.
/// </summary>
internal static class StoredWeights
{
    public static OnnxModel Rewrite(OnnxModel model, IReadOnlyList<QuantizedWeights> layers)
    {
        var decoders = new List<OnnxNode>();
        var tensors = model.Initializers.Where(t => layers.All(l => l.Layer.Weight.Name != t.Name)).ToList();
        foreach (var layer in layers)
        {
            var weight = layer.Layer.Weight;
            var (codes, widened, step) = ($"{weight.Name}.codes", $"{weight.Name}.widened", $"{weight.Name}.step");
            tensors.Add(Codes(codes, weight.Shape, layer.Codes));
            tensors.Add(OnnxTensor.Floats(step, StepShape(layer), layer.Steps));
            decoders.Add(new OnnxNode
            {
                Operator = "Cast",
                Name = $"{weight.Name}.widen",
                Inputs = [codes],
                Outputs = [widened],
                Attributes = [new OnnxArgument { Name = "to", Int = (long)OnnxElementType.Float }],
            });
            decoders.Add(new OnnxNode { Operator = "Mul", Name = $"{weight.Name}.decode", Inputs = [widened, step], Outputs = [weight.Name] });
        }

        return model with { Nodes = [.. decoders, .. model.Nodes], Initializers = tensors };
    }

    /// <summary>Broadcasts over the weight: one value, or a length along the output axis and 1 along the others.</summary>
    private static long[] StepShape(QuantizedWeights layer)
    {
        if (layer.Steps.Length == 1)
            return [];
        var shape = layer.Layer.Weight.Shape.Select(_ => 1L).ToArray();
        shape[layer.Layer.OutputAxis] = layer.Steps.Length;
        return shape;
    }

    private static OnnxTensor Codes(string name, long[] shape, int[] codes) => codes.Max(c => Math.Abs((long)c)) switch
    {
        <= sbyte.MaxValue => OnnxTensor.Of<sbyte>(name, OnnxElementType.Int8, shape, codes.Select(c => (sbyte)c).ToArray()),
        <= short.MaxValue => OnnxTensor.Of<short>(name, OnnxElementType.Int16, shape, codes.Select(c => (short)c).ToArray()),
        _ => OnnxTensor.Of<int>(name, OnnxElementType.Int32, shape, codes),
    };
}
