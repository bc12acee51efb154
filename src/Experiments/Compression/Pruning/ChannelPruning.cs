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
        var notes = shared.Select(l => $"prune: {l.Node} keeps all of its channels: it shares its weights with another node").ToList();
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
            throw new StageException($"no layer has channels that can be taken out. {string.Join(". ", notes)}.");
        var kept = Keep([.. prunable.Select(p => p.Layer)], ratio, global);
        var tensors = model.Initializers.ToDictionary(t => t.Name);
        foreach (var ((layer, flow), channels) in prunable.Zip(kept))
        {
            Shrink(tensors, layer.Weight.Name, layer.OutputAxis, channels, 1);
            foreach (var (tensor, axis, block) in flow.PerChannel)
                Shrink(tensors, tensor, axis, channels, block);
            foreach (var (reader, block) in flow.Readers)
                Shrink(tensors, reader.Weight.Name, reader.InputAxis, channels, block);
            notes.Add($"prune: {layer.Node} keeps {channels.Count} of {layer.Outputs} channels");
        }

        return (Flattening(model.Replacing(tensors), [.. prunable.SelectMany(p => p.Flow.Reshapes)]), notes);
    }

    private static void Shrink(Dictionary<string, OnnxTensor> tensors, string name, int axis, IReadOnlyList<int> channels, int block) =>
        tensors[name] = tensors[name].Keeping(axis, [.. channels.SelectMany(c => Enumerable.Range(c * block, block))]);

    /// <summary>The reshapes flatten to whatever length there is now.</summary>
    private static OnnxModel Flattening(OnnxModel model, IReadOnlyList<OnnxNode> reshapes)
    {
        if (reshapes.Count == 0)
            return model;
        var nodes = model.Nodes.Select(n => reshapes.Contains(n) ? n with { Inputs = [n.Inputs[0], $"{n.Outputs[0]}.shape"] } : n).ToList();
        var read = nodes.SelectMany(n => n.Inputs).ToHashSet();
        return model with
        {
            Nodes = nodes,
            Initializers =
            [
                .. model.Initializers.Where(t => read.Contains(t.Name)),
                .. reshapes.Select(n => OnnxTensor.Longs($"{n.Outputs[0]}.shape", [2], [0, -1])),
            ],
        };
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
