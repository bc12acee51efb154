using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Models.Torch;

/// <summary>Which initialisers are weights, as opposed to constants of the network such as a mean to subtract or a shape.</summary>
public static class TrainableWeights
{
    /// <summary>Names of the float initialisers that training changes.</summary>
    public static IReadOnlySet<string> Of(OnnxModel model)
    {
        var floats = model.Initializers.Where(t => t.Type == OnnxElementType.Float).Select(t => t.Name).ToHashSet();
        return model.Nodes.SelectMany(WeightsOf).Where(floats.Contains).ToHashSet();
    }

    /// <summary>The inputs at which a node takes weights. Running mean and variance of a batch normalisation are no weights.</summary>
    private static IEnumerable<string> WeightsOf(OnnxNode node) => node.Operator switch
    {
        "Conv" or "Gemm" or "MatMul" => node.Inputs.Skip(1),
        "Add" => node.Inputs,
        "BatchNormalization" => node.Inputs.Skip(1).Take(2),
        _ => [],
    };
}
