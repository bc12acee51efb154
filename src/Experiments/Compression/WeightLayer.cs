using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Compression;

/// <summary>A layer with weights to compress: a Conv, Gemm or MatMul whose second input is a float initialiser.</summary>
public sealed record WeightLayer(OnnxNode Node, OnnxTensor Weight)
{
    /// <summary>The axis of <see cref="Weight"/> along which output channels or neurons lie.</summary>
    public int OutputAxis => Node.Operator switch
    {
        "Conv" => 0,
        "Gemm" => Node.Int("transB", 0) != 0 ? 0 : 1,
        _ => Weight.Shape.Length - 1,
    };

    /// <summary>The axis along which input channels or features lie.</summary>
    public int InputAxis => Node.Operator == "Conv" ? 1 : 1 - OutputAxis;

    public int Outputs => (int)Weight.Shape[OutputAxis];

    public string? Bias => Node.Operator != "MatMul" && Node.Inputs.Count > 2 && Node.Inputs[2].Length > 0 ? Node.Inputs[2] : null;

    /// <summary>The layers of a model in order: those with weights of their own, and those whose weights another node reads, too.</summary>
    public static (IReadOnlyList<WeightLayer> Layers, IReadOnlyList<WeightLayer> Shared) Of(OnnxModel model)
    {
        var readers = model.Nodes.SelectMany(n => n.Inputs).GroupBy(i => i).ToDictionary(g => g.Key, g => g.Count());
        var layers = new List<WeightLayer>();
        var shared = new List<WeightLayer>();
        foreach (var node in model.Nodes.Where(n => n.Domain.Length == 0 && n.Operator is "Conv" or "Gemm" or "MatMul" && n.Inputs.Count > 1))
        {
            if (model.Initializer(node.Inputs[1]) is not { Type: OnnxElementType.Float } weight)
                continue;
            (readers[weight.Name] > 1 ? shared : layers).Add(new WeightLayer(node, weight));
        }

        return (layers, shared);
    }

    /// <summary>The output channel of each weight, in the order of its data.</summary>
    public int OutputOf(int index)
    {
        var stride = 1;
        for (var axis = OutputAxis + 1; axis < Weight.Shape.Length; axis++)
            stride *= (int)Weight.Shape[axis];
        return index / stride % Outputs;
    }
}
