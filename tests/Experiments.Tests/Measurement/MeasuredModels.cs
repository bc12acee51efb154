using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Randomness;
using Grid.Experiments.Tests.Models;

namespace Grid.Experiments.Tests.Measurement;

/// <summary>Models of which it is known what they answer, and images to ask them about.</summary>
internal static class MeasuredModels
{
    /// <summary>Images 2 x 2 whose brightest pixel stands where the label says.</summary>
    public static ImageSet Corners(int count)
    {
        var random = new RandomStream(3);
        var labels = Enumerable.Range(0, count).Select(_ => (byte)random.NextInt(4)).ToArray();
        return new ImageSet([.. labels.SelectMany(label => Enumerable.Range(0, 4).Select(i => (byte)(i == label ? 255 : 10)))], labels, 2, 2);
    }

    /// <summary>Answers the pixels of 2 x 2 images as they are, through nodes that the caller may add: right about every corner.</summary>
    public static OnnxModel Echo(params OnnxNode[] after)
    {
        var model = SampleModels.Chain([SampleModels.Node("Flatten", ["x"], after.Length == 0 ? "y" : "flat"), .. after]);
        return model with { Inputs = [new OnnxValue("x", OnnxElementType.Float, [OnnxDimension.Batch, 1, 2, 2])] };
    }

    public static OnnxModel WithBatch(this OnnxModel model, long batch) => model with
    {
        Inputs = [model.Inputs[0] with { Shape = [batch, .. model.Inputs[0].Shape.Skip(1)] }],
        Outputs = [model.Outputs[0] with { Shape = [batch, .. model.Outputs[0].Shape.Skip(1)] }],
    };
}
