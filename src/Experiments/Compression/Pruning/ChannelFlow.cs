using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Compression.Pruning;

/// <summary>
/// What has to follow when output channels of a layer go. A block is the number of consecutive values that one channel has become along
/// axis 1: one, and more after flattening.
/// </summary>
/// <param name="Readers">Layers whose inputs shrink.</param>
/// <param name="PerChannel">Initialisers on the way with a block of values per channel, and the axis these lie on: biases, a normalisation's.</param>
/// <param name="Reshapes">Nodes that flatten to a length written down for all channels.</param>
/// <param name="Obstacle">Why channels cannot be taken out; null when they can.</param>
internal sealed record ChannelFlow(
    IReadOnlyList<(WeightLayer Layer, int Block)> Readers,
    IReadOnlyList<(string Tensor, int Axis, int Block)> PerChannel,
    IReadOnlyList<OnnxNode> Reshapes,
    string? Obstacle)
{
    public static ChannelFlow From(WeightLayer layer, OnnxModel model, IReadOnlyList<WeightLayer> layers, IReadOnlyDictionary<string, long[]> shapes)
    {
        var trace = new Trace(layer.Outputs, model, layers, shapes);
        return new ChannelFlow(trace.Readers, trace.PerChannel, trace.Reshapes, trace.Start(layer));
    }

    /// <summary>Every method answers the first obstacle it meets.</summary>
    private sealed class Trace(int channels, OnnxModel model, IReadOnlyList<WeightLayer> layers, IReadOnlyDictionary<string, long[]> shapes)
    {
        public List<(WeightLayer, int)> Readers { get; } = [];
        public List<(string, int, int)> PerChannel { get; } = [];
        public List<OnnxNode> Reshapes { get; } = [];

        public string? Start(WeightLayer layer)
        {
            var output = layer.Node.Outputs[0];
            if (layer.Node.Int("group", 1) != 1)
                return "it is a grouped convolution";
            if (layer.Node.Operator != "Conv" && shapes[output].Length != 2)
                return "its neurons do not lie along axis 1";
            return (layer.Bias is { } bias ? Values(bias, shapes[bias].Length - 1, 1, layer.Node) : null) ?? Follow(output, 1);
        }

        /// <summary>Walks to every reader of a tensor whose axis 1 holds the channels.</summary>
        private string? Follow(string tensor, int block)
        {
            if (model.Outputs.Any(o => o.Name == tensor))
                return "it is the model's output";
            return model.Nodes.Where(n => n.Inputs.Contains(tensor)).Select(n => Through(n, tensor, block)).OfType<string>().FirstOrDefault();
        }

        private string? Through(OnnxNode node, string tensor, int block)
        {
            var output = node.Outputs[0];
            switch (node.Operator)
            {
                case "Relu" or "LeakyRelu" or "Sigmoid" or "Tanh" or "Clip" or "Identity" or "Dropout" or "MaxPool" or "AveragePool" or "GlobalAveragePool":
                    return Follow(output, block);
                case "BatchNormalization":
                    return node.Inputs.Skip(1).Select(i => Values(i, 0, block, node)).OfType<string>().FirstOrDefault() ?? Follow(output, block);
                case "Flatten" or "Reshape" when shapes[output] is [var batch, _] && batch == shapes[tensor][0]:
                    if (node.Operator == "Reshape" && ShapeInference.ConstantLongs(model, node.Inputs[1]) is not [_, -1])
                        Reshapes.Add(node);
                    return Follow(output, block * (int)shapes[tensor].Skip(2).Aggregate(1L, (a, b) => a * b));
                case "Add" or "Sub" or "Mul" or "Div":
                    return ThroughArithmetic(node, tensor, block);
                case "Conv" or "Gemm" or "MatMul" when IsReader(node, tensor):
                    if (layers.FirstOrDefault(l => l.Node == node) is not { } reader)
                        return $"its reader {node} has no weights of its own";
                    Readers.Add((reader, block));
                    return null;
                default:
                    return $"its channels reach the node {node}";
            }
        }

        /// <summary>Whether a layer sums over axis 1 of the tensor, all of it for every output.</summary>
        private bool IsReader(OnnxNode node, string tensor) =>
            node.Inputs[0] == tensor && node.Int("group", 1) == 1 && node.Int("transA", 0) == 0
            && (node.Operator == "Conv" || shapes[tensor].Length == 2);

        private string? ThroughArithmetic(OnnxNode node, string tensor, int block)
        {
            var other = node.Inputs[0] == tensor ? node.Inputs[1] : node.Inputs[0];
            if (model.Initializer(other) is null)
                return $"its channels meet others at the node {node}";
            // Aligned from the right: [C] beside [N, C], or [C, 1, 1] and [1, C, 1, 1] beside [N, C, H, W].
            return Values(other, shapes[other].Length - (shapes[tensor].Length - 1), block, node) ?? Follow(node.Outputs[0], block);
        }

        /// <summary>A stored value that lies along the channels shrinks with them; a single one for all stays.</summary>
        private string? Values(string name, int axis, int block, OnnxNode node)
        {
            if (model.Initializer(name) is not { } values)
                return $"the node {node} takes '{name}', which is computed";
            if (values.Count == 1)
                return null;
            if (axis < 0 || values.Shape[axis] != (long)channels * block || values.Count != values.Shape[axis])
                return $"the node {node} takes '{name}', which is not one value per channel";
            if (model.Nodes.Sum(n => n.Inputs.Count(i => i == name)) > 1)
                return $"the node {node} takes '{name}', which has another reader, too";
            PerChannel.Add((name, axis, block));
            return null;
        }
    }
}
