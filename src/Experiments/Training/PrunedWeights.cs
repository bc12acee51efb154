using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Torch;
using static TorchSharp.torch;

namespace Grid.Experiments.Training;

/// <summary>Keeps the zeros that pruning made: after every step, whatever momentum or weight decay did.</summary>
internal sealed class PrunedWeights : IDisposable
{
    private readonly List<(Tensor Weight, Tensor Pruned)> masks = [];

    public PrunedWeights(OnnxModel model, TrainableGraph graph)
    {
        foreach (var name in model.Metadata.GetValueOrDefault(OnnxMetadata.Pruned, "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (graph.Parameters.TryGetValue(name, out var weight))
                masks.Add((weight, weight.detach().eq(0).DetachFromDisposeScope()));
    }

    public void Restore()
    {
        using var noGradient = no_grad();
        // Multiplying by 0 would leave -0 where a weight had turned negative: equal in value, but not in its bytes.
        foreach (var (weight, pruned) in masks)
            weight.masked_fill_(pruned, 0);
    }

    public void Dispose()
    {
        foreach (var (_, pruned) in masks)
            pruned.Dispose();
    }
}
