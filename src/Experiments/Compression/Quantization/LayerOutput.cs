using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Torch;
using static TorchSharp.torch;

namespace Grid.Experiments.Compression.Quantization;

/// <summary>A single layer applied with other weights than its own, without its bias.</summary>
internal static class LayerOutput
{
    /// <returns>batch x channels x height x width, or batch x neurons.</returns>
    public static Tensor Of(WeightLayer layer, Tensor input, Tensor weight)
    {
        var node = layer.Node with { Inputs = [.. layer.Node.Inputs.Take(2)] };
        var operation = GraphSteps.Compile(node, new OnnxModel { Nodes = [node], Initializers = [], Inputs = [], Outputs = [] });
        return operation([input, weight], [0, 1]);
    }
}
