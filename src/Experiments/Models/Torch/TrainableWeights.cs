using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Models.Torch;

/// <summary>
/// Which initialisers are weights, as opposed to constants of the network such as a mean to subtract or a shape: those of Conv, Gemm, MatMul
/// and BatchNormalization, and what is added right after one of the first three, a bias of its own.
/// </summary>
public static class TrainableWeights
{
    /// <summary>Names of the float initialisers that training changes.</summary>
    public static IReadOnlySet<string> Of(OnnxModel model)
    {
        var layers = model.Nodes.Where(n => n.Operator is "Conv" or "Gemm" or "MatMul").Select(n => n.Outputs[0]).ToHashSet();
        var floats = model.Initializers.Where(t => t.Type == OnnxElementType.Float).Select(t => t.Name).ToHashSet();
        return model.Nodes.SelectMany(n => WeightsOf(n, layers)).Where(floats.Contains).ToHashSet();
    }

    /// <summary>The inputs at which a node takes weights. Running mean and variance of a batch normalisation are no weights.</summary>
    private static IEnumerable<string> WeightsOf(OnnxNode node, HashSet<string> layers) => node.Operator switch
    {
        "Conv" or "Gemm" or "MatMul" => node.Inputs.Skip(1),
        "Add" when node.Inputs.Any(layers.Contains) => node.Inputs,
        "BatchNormalization" => node.Inputs.Skip(1).Take(2),
        _ => [],
    };
}
