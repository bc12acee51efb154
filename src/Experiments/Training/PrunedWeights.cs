using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Torch;
using static TorchSharp.torch;

namespace Grid.Experiments.Training;

/// <summary>Keeps the zeros that pruning made: after every step, whatever momentum or weight decay did.</summary>
internal sealed class PrunedWeights : IDisposable
{
    private readonly List<(Tensor Weight, Tensor Mask)> masks = [];

    public PrunedWeights(OnnxModel model, TrainableGraph graph)
    {
        foreach (var name in model.Metadata.GetValueOrDefault(OnnxMetadata.Pruned, "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (graph.Parameters.TryGetValue(name, out var weight))
                masks.Add((weight, weight.detach().ne(0).to(ScalarType.Float32).DetachFromDisposeScope()));
    }

    public void Restore()
    {
        using var noGradient = no_grad();
        foreach (var (weight, mask) in masks)
            weight.mul_(mask);
    }

    public void Dispose()
    {
        foreach (var (_, mask) in masks)
            mask.Dispose();
    }
}
