using Grid.Experiments.Models.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Grid.Experiments.Tests.Models;

/// <summary>Runs a model in ONNX Runtime.</summary>
internal static class RuntimeModel
{
    public static float[] Run(OnnxModel model, float[] input, params long[] shape)
    {
        using var session = new InferenceSession(OnnxFile.ToBytes(model));
        using var tensor = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var options = new RunOptions();
        using var results = session.Run(options, [model.Inputs[0].Name], [tensor], [model.Outputs[0].Name]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>Values between 0 and 1, the same each time.</summary>
    public static float[] Images(int count, int pixels = 784)
    {
        var random = new Grid.Experiments.Randomness.RandomStream(7);
        return [.. Enumerable.Range(0, count * pixels).Select(_ => random.NextFloat())];
    }
}
