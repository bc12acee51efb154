using Grid.Experiments.Models.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Grid.Experiments.Tests.Models;

/// <summary>Runs a model in ONNX Runtime.</summary>
internal static class RuntimeModel
{
    /// <summary>With the same results on every processor: without VNNI, products of 8 bits saturate unless the runtime is told otherwise.</summary>
    public static float[] Run(OnnxModel model, float[] input, params long[] shape) => Run("1", model, input, shape);

    public static float[] RunByDefault(OnnxModel model, float[] input, params long[] shape) => Run("0", model, input, shape);

    private static float[] Run(string precision, OnnxModel model, float[] input, long[] shape)
    {
        using var configuration = new SessionOptions();
        configuration.AddSessionConfigEntry("session.x64quantprecision", precision);
        using var session = new InferenceSession(OnnxFile.ToBytes(model), configuration);
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
