using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Models;

/// <summary>Which operators Grid can train, and in which form.</summary>
public static class TrainableOperators
{
    /// <summary>The first version of the operator set whose arithmetic broadcasts as all later ones do.</summary>
    private const long OldestOpset = 7;

    /// <summary>The newest versions that ONNX Runtime, which measures every model, says it reads.</summary>
    private const long NewestOpset = 26;
    private const long NewestIrVersion = 13;

    /// <summary>How many inputs each operator cannot do without.</summary>
    private static readonly SortedDictionary<string, int> inputs = new(StringComparer.Ordinal)
    {
        ["Add"] = 2,
        ["AveragePool"] = 1,
        ["BatchNormalization"] = 5,
        ["Clip"] = 1,
        ["Constant"] = 0,
        ["Conv"] = 2,
        ["Div"] = 2,
        ["Dropout"] = 1,
        ["Flatten"] = 1,
        ["Gemm"] = 2,
        ["GlobalAveragePool"] = 1,
        ["Identity"] = 1,
        ["LeakyRelu"] = 1,
        ["LogSoftmax"] = 1,
        ["MatMul"] = 2,
        ["MaxPool"] = 1,
        ["Mul"] = 2,
        ["Relu"] = 1,
        ["Reshape"] = 2,
        ["Sigmoid"] = 1,
        ["Softmax"] = 1,
        ["Sub"] = 2,
        ["Tanh"] = 1,
    };

    public static IReadOnlyCollection<string> Names => inputs.Keys;

    /// <summary>A sentence for each thing that keeps Grid from training the model; none when it can be trained as it is.</summary>
    public static IReadOnlyList<string> Check(OnnxModel model)
    {
        if (model.Opset < OldestOpset)
            return [$"it uses version {model.Opset} of the operator set; Grid reads version {OldestOpset} and newer: convert it with onnx.version_converter."];
        if (model.Opset > NewestOpset)
            return [$"it uses version {model.Opset} of the operator set; ONNX Runtime reads up to version {NewestOpset}: export it with an older one."];
        if (model.IrVersion > NewestIrVersion)
            return [$"it is of version {model.IrVersion} of the file format (ir_version); ONNX Runtime reads up to version {NewestIrVersion}: export it with an older one."];
        try
        {
            var read = model.Nodes.SelectMany(n => n.Inputs).Concat(model.Outputs.Select(o => o.Name)).ToHashSet();
            var problems = model.Nodes.Select(n => Problem(n, model, read)).OfType<string>().ToList();
            if (problems.Count == 0)
                BatchDimension.Free(model);
            return problems;
        }
        catch (OnnxException e)
        {
            return [e.Message];
        }
    }

    private static string? Problem(OnnxNode node, OnnxModel model, HashSet<string> read)
    {
        if (node.Domain.Length > 0 || !inputs.TryGetValue(node.Operator, out var needed))
            return $"the node {node} is an operator Grid cannot train.";
        if (node.Inputs.Count < needed || node.Inputs.Take(needed).Contains(""))
            return $"the node {node} needs {needed} inputs but has only [{string.Join(", ", node.Inputs)}].";
        if (node.Outputs.Skip(1).FirstOrDefault(o => o.Length > 0 && read.Contains(o)) is { } second)
            return $"the node {node} also has the output '{second}', which Grid cannot train.";
        if (node.Inputs.Select(model.Initializer).FirstOrDefault(t => t?.Type is OnnxElementType.Float16 or OnnxElementType.Double) is { } other)
            return $"the node {node} computes with '{other.Name}', which is {other.Type}; Grid trains float32: convert it.";
        return Limit(node, model) is { } limit ? $"the node {node} {limit}" : null;
    }

    /// <summary>Forms of known operators that torch has no counterpart for.</summary>
    private static string? Limit(OnnxNode node, OnnxModel model) => node.Operator switch
    {
        "Softmax" or "LogSoftmax" when node.Outputs[0] != model.Outputs[0].Name =>
            "turns values into probabilities in the middle of the network; Grid trains it only at the end.",
        "Softmax" or "LogSoftmax" when node.Int("axis", model.Opset < 13 ? 1 : -1) is not (1 or -1) =>
            $"works along axis {node.Int("axis", -1)}; Grid trains it only along the classes, axis 1.",
        "Reshape" when node.Int("allowzero", 0) != 0 => "makes tensors of length zero (allowzero), which Grid cannot train.",
        "BatchNormalization" when node.Int("training_mode", 0) != 0 => "is exported for training (training_mode); export the model for inference.",
        "BatchNormalization" when node.Int("spatial", 1) == 0 => "normalises each pixel by itself (spatial 0), which Grid cannot train.",
        "AveragePool" when node.Ints("dilations", []).Any(d => d != 1) => "has dilations, which Grid cannot train for an average.",
        "MaxPool" or "AveragePool" => PoolLimit(node),
        _ => null,
    };

    private static string? PoolLimit(OnnxNode node)
    {
        var window = Window.Of(node, node.Ints("kernel_shape", []));
        if (window.IsEvenlyPadded)
            return null;
        return node.Operator == "AveragePool" ? "pads one side more than the other, or by more than half its window, which Grid cannot train for an average."
            : window.CeilMode ? "pads unevenly and rounds its output up (ceil_mode), which Grid cannot train together."
            : null;
    }
}
