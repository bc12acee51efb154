using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Training;

/// <summary>
/// The Softmax or LogSoftmax that some classifiers end in. The cross-entropy has one of its own, which is exact where the logarithm of
/// a probability is not, so such a model is trained on the logits before it.
/// </summary>
internal static class ProbabilityHead
{
    /// <returns>The model up to its logits; the model itself when it ends in them.</returns>
    public static OnnxModel Without(OnnxModel model)
    {
        var output = model.Outputs[0];
        return model.Nodes.FirstOrDefault(n => n.Outputs[0] == output.Name) is { Operator: "Softmax" or "LogSoftmax" } head
            ? model with { Nodes = [.. model.Nodes.Where(n => n != head)], Outputs = [output with { Name = head.Inputs[0] }] }
            : model;
    }
}
