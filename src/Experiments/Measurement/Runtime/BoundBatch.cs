using Microsoft.ML.OnnxRuntime;

namespace Grid.Experiments.Measurement.Runtime;

/// <summary>
/// A batch of inputs and outputs at fixed places, so that a run allocates and copies nothing: what is timed is the model. Ends before
/// its session does.
/// </summary>
public sealed class BoundBatch : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions options;
    private readonly OrtIoBinding binding;
    private readonly OrtValue inputValue;
    private readonly OrtValue outputValue;

    private BoundBatch(
        InferenceSession session, RunOptions options, int images, (string Name, float[] Data, OrtValue Value) input,
        (string Name, float[] Data, OrtValue Value) output)
    {
        (this.session, this.options) = (session, options);
        (Images, Input, Output) = (images, input.Data, output.Data);
        (inputValue, outputValue) = (input.Value, output.Value);
        binding = session.CreateIoBinding();
        binding.BindInput(input.Name, inputValue);
        binding.BindOutput(output.Name, outputValue);
    }

    public int Images { get; }

    /// <summary>The images, one after the other.</summary>
    public float[] Input { get; }

    /// <summary>The answers of the last run, a row for each image.</summary>
    public float[] Output { get; }

    /// <summary>Values in the answer to one image.</summary>
    public int OutputsPerImage => Output.Length / Images;

    public void Run() => session.RunWithBinding(options, binding);

    public void Dispose()
    {
        binding.Dispose();
        inputValue.Dispose();
        outputValue.Dispose();
    }

    /// <summary>Runs once to learn the shape of the answer; null when that is not a row of floats for each image.</summary>
    internal static BoundBatch? Of(InferenceSession session, RunOptions options, (string Name, long[] Shape) input, string output)
    {
        var data = new float[input.Shape.Aggregate(1L, (a, b) => a * b)];
        var value = OrtValue.CreateTensorValueFromMemory(data, input.Shape);
        try
        {
            long[] shape;
            using (var answers = session.Run(options, [input.Name], [value], [output]))
            {
                var type = answers[0].GetTensorTypeAndShape();
                shape = type.Shape;
                if (type.ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float || shape is not [_, > 0] || shape[0] != input.Shape[0])
                {
                    value.Dispose();
                    return null;
                }
            }

            var answer = new float[shape[0] * shape[1]];
            return new BoundBatch(
                session, options, (int)shape[0], (input.Name, data, value), (output, answer, OrtValue.CreateTensorValueFromMemory(answer, shape)));
        }
        catch (OnnxRuntimeException)
        {
            value.Dispose();
            throw;
        }
    }
}
