using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Training;

/// <summary>Whether a network takes the images of some data and answers with its classes.</summary>
internal static class DataFit
{
    /// <summary>What keeps the network from it, as a sentence; null when nothing does.</summary>
    /// <param name="pixels">Values of one image.</param>
    /// <param name="classes">Of the data.</param>
    /// <exception cref="OnnxException">The nodes of the network do not fit each other.</exception>
    public static string? Misfit(OnnxModel model, long pixels, int classes)
    {
        var shapes = ShapeInference.Of(model);
        var taken = shapes[model.Inputs[0].Name].Skip(1).Aggregate(1L, (a, b) => a * b);
        if (taken != pixels)
            return $"the model takes {taken} values per image, but the data's images have {pixels}.";
        var output = shapes[model.Outputs[0].Name];
        return output is [_, var logits] && logits == classes
            ? null
            : $"the model answers [{string.Join(", ", output)}] per image, but the data has {classes} classes.";
    }
}
