using Grid.Experiments.Compression.Quantization;
using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Randomness;
using Grid.Experiments.Stages;
using Grid.Tests;
using Microsoft.ML.OnnxRuntime;

namespace Grid.Experiments.Tests.Compression.Quantization;

/// <summary>What a quantize stage makes of a model, with noise to calibrate on, and what the runtime makes of that.</summary>
internal static class QuantizedModel
{
    /// <summary>64 images of noise.</summary>
    public static ImageSet Noise { get; } = Images(256);

    /// <param name="greys">Pixels lie below this.</param>
    public static ImageSet Images(int greys)
    {
        var random = new RandomStream(11);
        return new ImageSet([.. Enumerable.Range(0, 64 * 784).Select(_ => (byte)random.NextInt(greys))], new byte[64], 28, 28);
    }

    public static (OnnxModel Model, IReadOnlyList<string> Notes) Of(OnnxModel model, params (string Key, string Value)[] settings) => Of(model, Noise, settings);

    public static (OnnxModel Model, IReadOnlyList<string> Notes) Of(OnnxModel model, ImageSet images, params (string Key, string Value)[] settings)
    {
        using var folder = new TemporaryFolder();
        OnnxFile.Write(model, folder.File("in.onnx"));
        var result = new QuantizeStage().Run(new StageContext
        {
            Settings = new StageSettings(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))),
            InputPath = folder.File("in.onnx"),
            OutputPath = folder.File("out.onnx"),
            Data = () => new Dataset("noise", true, 10, images, images, images),
        });
        return (OnnxFile.Read(folder.File("out.onnx")), result.Notes);
    }

    /// <summary>The operators that run once ONNX Runtime has optimised the graph.</summary>
    public static IReadOnlyList<string> Kernels(OnnxModel model)
    {
        using var folder = new TemporaryFolder();
        using (var options = new SessionOptions { OptimizedModelFilePath = folder.File("optimized.onnx"), LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR })
        using (new InferenceSession(OnnxFile.ToBytes(model), options))
            return [.. OnnxFile.Read(folder.File("optimized.onnx")).Nodes.Select(n => n.Operator)];
    }
}
