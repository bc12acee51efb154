using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Models;

/// <summary>Which operators Grid can train.</summary>
public static class TrainableOperators
{
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>
    {
        "Add", "AveragePool", "BatchNormalization", "Clip", "Constant", "Conv", "Div", "Dropout", "Flatten", "Gemm", "GlobalAveragePool",
        "Identity", "LeakyRelu", "MatMul", "MaxPool", "Mul", "Relu", "Reshape", "Sigmoid", "Sub", "Tanh",
    };

    /// <summary>A sentence for each node that Grid cannot train; none when the model can be trained as it is.</summary>
    public static IReadOnlyList<string> Check(OnnxModel model)
    {
        var problems = model.Nodes.Where(n => n.Domain.Length > 0 || !Names.Contains(n.Operator)).Select(Problem).ToList();
        if (problems.Count == 0)
        {
            try
            {
                ShapeInference.Of(model);
            }
            catch (OnnxException e)
            {
                problems.Add(e.Message);
            }
        }

        return problems;
    }

    private static string Problem(OnnxNode node) => node.Operator is "Softmax" or "LogSoftmax" && node.Domain.Length == 0
        ? $"the node {node} turns logits into probabilities: Grid trains on logits, so end the model before it."
        : $"the node {node} is an operator Grid cannot train; it can train {string.Join(", ", Names.Order(StringComparer.Ordinal))}.";
}
