using Grid.Experiments.Stages;
using Microsoft.ML.OnnxRuntime;

namespace Grid.Experiments.Measurement.Runtime;

/// <summary>
/// A model loaded into ONNX Runtime as it would be deployed: on the processor, every optimisation on, a fixed number of threads that do
/// not spin while they wait. One input and one output.
/// </summary>
public sealed class RuntimeSession : IDisposable
{
    private readonly string path;
    private readonly InferenceSession session;
    private readonly RunOptions options = new();

    private RuntimeSession(string path, InferenceSession session)
    {
        this.path = path;
        this.session = session;
        (Input, Output) = (session.InputNames[0], session.OutputNames[0]);
        Shape = [.. session.InputMetadata[Input].Dimensions.Select(length => (long)length)];
    }

    public string Input { get; }

    public string Output { get; }

    /// <summary>Shape of the input; -1 where it is free.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>How many images the model takes at once when its file fixes that; null when any number.</summary>
    public int? FixedBatch => Shape[0] > 0 ? (int)Shape[0] : null;

    /// <param name="threads">Threads that share the work of one operator, at least 1. Operators run one after the other.</param>
    /// <param name="optimizedPath">Where to save the graph as the runtime rewrote it; null for nowhere.</param>
    /// <exception cref="StageException">The runtime does not take the file, or the model is not one float tensor to one other.</exception>
    public static RuntimeSession Open(string path, int threads, string? optimizedPath = null)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            // What goes wrong comes as an exception, too.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (optimizedPath is not null)
            options.OptimizedModelFilePath = optimizedPath;
        try
        {
            var session = new InferenceSession(path, options);
            if (Problem(session) is not { } problem)
                return new RuntimeSession(path, session);
            session.Dispose();
            throw new StageException($"{path} cannot be measured: {problem}.");
        }
        catch (OnnxRuntimeException e)
        {
            throw new StageException($"ONNX Runtime does not load {path}: {e.Message}", e);
        }
    }

    /// <summary>Memory for that many images and their answers, to be run again and again.</summary>
    /// <exception cref="StageException">The model does not take so many images, or does not answer each of them with a row of floats.</exception>
    public BoundBatch Bind(int images)
    {
        if (FixedBatch is { } length && length != images)
            throw new StageException($"{path} takes exactly {length} images at once, not {images}: export it with a dynamic batch.");
        try
        {
            return BoundBatch.Of(session, options, (Input, [images, .. Shape.Skip(1)]), Output)
                ?? throw new StageException($"{path} does not answer {images} images with {images} rows of float32.");
        }
        catch (OnnxRuntimeException e)
        {
            throw new StageException($"ONNX Runtime cannot run {path} with {images} images: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        options.Dispose();
        session.Dispose();
    }

    private static string? Problem(InferenceSession session)
    {
        if (session.InputNames.Count != 1 || session.OutputNames.Count != 1)
            return $"it has {session.InputNames.Count} inputs and {session.OutputNames.Count} outputs, and Grid feeds one and reads one";
        var (name, input) = session.InputMetadata.Single();
        return input is not { IsTensor: true, ElementDataType: Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float }
            ? $"its input '{name}' is no float32 tensor"
            : input.Dimensions.Length == 0 || input.Dimensions.Skip(1).Any(length => length <= 0)
                ? $"only the first dimension of its input '{name}' may be free"
                : null;
    }
}
