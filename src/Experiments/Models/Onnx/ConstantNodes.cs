namespace Grid.Experiments.Models.Onnx;

/// <summary>Constant nodes: tensors that some exporters keep among the nodes instead of among the initialisers.</summary>
public static class ConstantNodes
{
    /// <summary>The value of a Constant node, under the name of its output; null for any other node.</summary>
    /// <exception cref="OnnxException">Its value is text, sparse or missing.</exception>
    public static OnnxTensor? ValueOf(OnnxNode node)
    {
        if (node.Operator != "Constant" || node.Domain.Length > 0)
            return null;
        var name = node.Outputs[0];
        return node.Attributes switch
        {
            [{ Tensor: { } tensor }] => tensor.Renamed(name),
            [{ Ints: { } ints }] => OnnxTensor.Longs(name, [ints.Length], ints),
            [{ Int: { } whole }] => OnnxTensor.Longs(name, [], [whole]),
            [{ Floats: { } floats }] => OnnxTensor.Floats(name, [floats.Length], floats),
            [{ Float: { } single }] => OnnxTensor.Floats(name, [], [single]),
            _ => throw new OnnxException($"the node {node} has no value that Grid can use."),
        };
    }

    /// <summary>
    /// The same model with its constants among the initialisers, where training, pruning and quantizing look for weights.
    /// </summary>
    /// <exception cref="OnnxException">As <see cref="ValueOf"/>.</exception>
    public static OnnxModel ToInitializers(OnnxModel model) => model with
    {
        Nodes = [.. model.Nodes.Where(n => ValueOf(n) is null)],
        Initializers = [.. model.Initializers, .. model.Nodes.Select(ValueOf).OfType<OnnxTensor>()],
    };
}
