namespace Grid.Experiments.Models.Onnx;

/// <summary>The first dimension of a model's input and output: how many images it takes at once.</summary>
public static class BatchDimension
{
    /// <summary>A length that no constant of a graph has by chance.</summary>
    private const long Many = 1009;

    /// <summary>
    /// The model with a free batch, also where the file fixes it (exporters do unless told otherwise), and with the output's shape as the
    /// nodes make it.
    /// </summary>
    /// <exception cref="OnnxException">Its nodes do not fit each other, or only fit the batch the file fixes.</exception>
    public static OnnxModel Free(OnnxModel model)
    {
        var (input, output) = (model.Inputs[0], model.Outputs[0]);
        var free = model with { Inputs = [input with { Shape = [OnnxDimension.Batch, .. input.Shape.Skip(1)] }] };
        var one = OutputOf(free, 1);
        var many = OfMany(free);
        if (one is not [1, ..] || many is not [Many, ..] || !one.AsSpan(1).SequenceEqual(many.AsSpan(1)))
            throw new OnnxException(
                $"its output '{output.Name}' is [{string.Join(", ", one)}] for one image and [{string.Join(", ", many)}] for {Many}: "
                + "the first dimension must be the batch.");
        return free with { Outputs = [output with { Shape = [OnnxDimension.Batch, .. one.Skip(1).Select(length => (OnnxDimension)length)] }] };
    }

    private static long[] OfMany(OnnxModel free)
    {
        try
        {
            return OutputOf(free, Many);
        }
        catch (OnnxException e)
        {
            throw new OnnxException($"it works for one image at a time only; export it with a dynamic batch. With {Many} images, {e.Message}", e);
        }
    }

    private static long[] OutputOf(OnnxModel model, long batch) => ShapeInference.Of(model, batch)[model.Outputs[0].Name];
}
