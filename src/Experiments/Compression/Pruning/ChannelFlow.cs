using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Compression.Pruning;

/// <summary>Who reads the output channels of a layer, and so has to follow when some of them go.</summary>
/// <param name="Readers">Layers whose inputs shrink; Block is the number of consecutive inputs that one channel became, more than 1 after flattening.</param>
/// <param name="PerChannel">Initialisers with one value per channel on the way, and the axis it lies on: an added bias, a normalisation's.</param>
/// <param name="Obstacle">Why channels cannot be taken out; null when they can.</param>
internal sealed record ChannelFlow(
    IReadOnlyList<(WeightLayer Layer, int Block)> Readers, IReadOnlyList<(string Tensor, int Axis)> PerChannel, string? Obstacle)
{
    public static ChannelFlow From(WeightLayer layer, OnnxModel model, IReadOnlyList<WeightLayer> layers, IReadOnlyDictionary<string, long[]> shapes)
    {
        var trace = new Trace(model, layers, shapes);
        var obstacle = layer.Node.Int("group", 1) != 1 ? "it is a grouped convolution" : trace.Follow(layer.Node.Outputs[0], 1);
        return new ChannelFlow(trace.Readers, trace.PerChannel, obstacle);
    }

    private sealed class Trace(OnnxModel model, IReadOnlyList<WeightLayer> layers, IReadOnlyDictionary<string, long[]> shapes)
    {
        public List<(WeightLayer, int)> Readers { get; } = [];
        public List<(string, int)> PerChannel { get; } = [];

        /// <summary>Walks to every reader of a tensor whose axis 1 holds blocks of channels; answers the first obstacle.</summary>
        public string? Follow(string tensor, int block)
        {
            if (model.Outputs.Any(o => o.Name == tensor))
                return "it is the model's output";
            foreach (var node in model.Nodes.Where(n => n.Inputs.Contains(tensor)))
                if (Through(node, tensor, block) is { } obstacle)
                    return obstacle;
            return null;
        }

        private string? Through(OnnxNode node, string tensor, int block)
        {
            switch (node.Operator)
            {
                case "Relu" or "LeakyRelu" or "Sigmoid" or "Tanh" or "Clip" or "Identity" or "Dropout" or "MaxPool" or "AveragePool" or "GlobalAveragePool":
                    return Follow(node.Outputs[0], block);
                case "BatchNormalization":
                    PerChannel.AddRange(node.Inputs.Skip(1).Select(i => (i, 0)));
                    return Follow(node.Outputs[0], block);
                case "Flatten" when node.Int("axis", 1) == 1:
                case "Reshape" when ShapeInference.ConstantLongs(model, node.Inputs[1]) is [_, -1] && shapes[node.Outputs[0]][0] == shapes[tensor][0]:
                    return Follow(node.Outputs[0], block * (int)shapes[tensor].Skip(2).Aggregate(1L, (a, b) => a * b));
                case "Add":
                    return ThroughAdd(node, tensor, block);
                case "Conv" or "Gemm" or "MatMul" when node.Inputs[0] == tensor && node.Int("group", 1) == 1 && node.Int("transA", 0) == 0:
                    if (layers.FirstOrDefault(l => l.Node == node) is not { } reader)
                        return $"its reader {node} has no weights of its own";
                    Readers.Add((reader, block));
                    return null;
                default:
                    return $"its channels reach the node {node}";
            }
        }

        private string? ThroughAdd(OnnxNode node, string tensor, int block)
        {
            var other = node.Inputs[0] == tensor ? node.Inputs[1] : node.Inputs[0];
            var channels = shapes[tensor][1];
            if (model.Initializer(other) is not { } bias || model.Nodes.Count(n => n.Inputs.Contains(other)) > 1)
                return $"its channels meet others at the node {node}";
            // Aligned from the right: [C] beside [N, C], or [C, 1, 1] and [1, C, 1, 1] beside [N, C, H, W].
            var axis = bias.Shape.Length - (shapes[tensor].Length - 1);
            if (bias.Count == 1)
                return Follow(node.Outputs[0], block);
            if (axis < 0 || bias.Shape[axis] != channels || bias.Count != channels || block != 1)
                return $"the node {node} adds a value that is not one per channel";
            PerChannel.Add((other, axis));
            return Follow(node.Outputs[0], block);
        }
    }
}
