using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Compression.Pruning;

/// <summary>
/// Sets the weights of smallest magnitude to zero (Han et al. 2015, "Learning both Weights and Connections"). Biases are left alone.
/// </summary>
public static class MagnitudePruning
{
    /// <param name="ratio">Share of weights to zero, 0 to below 1: exactly round(ratio x count), half to even.</param>
    /// <param name="global">Count over all layers together rather than in each. Weights that several nodes share count once.</param>
    public static (OnnxModel Model, IReadOnlyList<string> Notes) Prune(OnnxModel model, double ratio, bool global)
    {
        var (layers, shared) = WeightLayer.Of(model);
        var tensors = layers.Concat(shared).Select(l => l.Weight).DistinctBy(w => w.Name).ToList();
        if (tensors.Count == 0)
            throw new StageException("the model has no weights to prune.");
        var weights = tensors.Select(t => t.ToArray<float>()).ToList();
        if (global)
            ZeroSmallest(weights, ratio);
        else
            weights.ForEach(w => ZeroSmallest([w], ratio));
        var pruned = tensors.Zip(weights, (t, w) => OnnxTensor.Floats(t.Name, t.Shape, w)).ToDictionary(t => t.Name);
        var zeros = weights.Sum(w => w.Count(x => x == 0));
        return (
            model.Replacing(pruned).WithMetadata(OnnxMetadata.Pruned, pruned.Keys.Order(StringComparer.Ordinal)),
            [$"prune: {zeros} of {weights.Sum(w => w.Length)} weights are zero; a zero saves space when packed, no time"]);
    }

    /// <summary>Ties go to the earlier weight, so that the result does not depend on a sort.</summary>
    private static void ZeroSmallest(List<float[]> weights, double ratio)
    {
        var places = new List<(float Magnitude, int Array, int Index)>();
        for (var a = 0; a < weights.Count; a++)
            for (var i = 0; i < weights[a].Length; i++)
                places.Add((MathF.Abs(weights[a][i]), a, i));
        places.Sort();
        var count = (int)Math.Round(ratio * places.Count, MidpointRounding.ToEven);
        foreach (var (_, array, index) in places.Take(count))
            weights[array][index] = 0;
    }
}
