using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Compression.Pruning;

/// <summary>
/// Takes out whole filters and neurons, those of smallest L1 norm first (Li et al. 2017, "Pruning Filters for Efficient ConvNets",
/// arXiv 1608.08710). Shapes shrink and every reader follows; what stays keeps its weights to the bit. The model's output stays whole.
/// </summary>
public static class ChannelPruning
{
    /// <param name="ratio">Share of channels to take out, 0 to below 1: round(ratio x count), half to even, but one always stays.</param>
    /// <param name="global">
    /// Rank the channels of all layers together, by the mean magnitude of their weights so that wide layers compare with narrow ones.
    /// </param>
    public static (OnnxModel Model, IReadOnlyList<string> Notes) Prune(OnnxModel model, double ratio, bool global)
    {
        var (layers, shared) = WeightLayer.Of(model);
        var shapes = ShapeInference.Of(model);
        var notes = shared.Select(n => $"prune: {n} shares its weights with another node and was left alone").ToList();
        var prunable = new List<(WeightLayer Layer, ChannelFlow Flow)>();
        foreach (var layer in layers)
        {
            var flow = ChannelFlow.From(layer, model, layers, shapes);
            if (flow.Obstacle is null)
                prunable.Add((layer, flow));
            else
                notes.Add($"prune: {layer.Node} keeps all of its channels: {flow.Obstacle}");
        }

        if (prunable.Count == 0)
            throw new StageException($"no layer has channels that can be taken out. {string.Join(" ", notes)}");
        var kept = Keep([.. prunable.Select(p => p.Layer)], ratio, global);
        var tensors = new Dictionary<string, OnnxTensor>();
        foreach (var ((layer, flow), channels) in prunable.Zip(kept))
        {
            Shrink(model, tensors, layer.Weight.Name, layer.OutputAxis, channels);
            if (layer.Bias is { } bias)
                Shrink(model, tensors, bias, model.Initializer(bias)!.Shape.Length - 1, channels);
            foreach (var (tensor, axis) in flow.PerChannel)
                Shrink(model, tensors, tensor, axis, channels);
            foreach (var (reader, block) in flow.Readers)
                Shrink(model, tensors, reader.Weight.Name, reader.InputAxis, [.. channels.SelectMany(c => Enumerable.Range(c * block, block))]);
            notes.Add($"prune: {layer.Node} keeps {channels.Count} of {layer.Outputs} channels");
        }

        return (model.Replacing(tensors), notes);
    }

    /// <summary>A bias of a Gemm may be a single value for all neurons; it then stays.</summary>
    private static void Shrink(OnnxModel model, Dictionary<string, OnnxTensor> tensors, string name, int axis, IReadOnlyList<int> positions)
    {
        var tensor = tensors.GetValueOrDefault(name) ?? model.Initializer(name)
            ?? throw new StageException($"'{name}' is computed, not stored; its channels cannot be taken out.");
        if (tensor.Count > 1)
            tensors[name] = tensor.Keeping(axis, positions);
    }

    private static List<IReadOnlyList<int>> Keep(IReadOnlyList<WeightLayer> layers, double ratio, bool global)
    {
        var norms = layers.Select(Norms).ToList();
        var groups = global ? [Enumerable.Range(0, layers.Count).ToList()] : Enumerable.Range(0, layers.Count).Select(i => new List<int> { i });
        var removed = layers.Select(_ => new HashSet<int>()).ToList();
        foreach (var group in groups)
        {
            var channels = group.SelectMany(l => norms[l].Select((norm, c) => (Norm: norm, Layer: l, Channel: c))).Order().ToList();
            var left = (int)Math.Round(ratio * channels.Count, MidpointRounding.ToEven);
            foreach (var (_, layer, channel) in channels)
            {
                if (left == 0)
                    break;
                if (removed[layer].Count == layers[layer].Outputs - 1)
                    continue;
                removed[layer].Add(channel);
                left--;
            }
        }

        return [.. layers.Select((l, i) => (IReadOnlyList<int>)[.. Enumerable.Range(0, l.Outputs).Where(c => !removed[i].Contains(c))])];
    }

    /// <summary>Mean magnitude of each output channel: its L1 norm over a number that is the same for all of a layer.</summary>
    private static double[] Norms(WeightLayer layer)
    {
        var sums = new double[layer.Outputs];
        var weights = layer.Weight.ToArray<float>();
        for (var i = 0; i < weights.Length; i++)
            sums[layer.OutputOf(i)] += Math.Abs(weights[i]);
        return [.. sums.Select(s => s / (weights.Length / layer.Outputs))];
    }
}
