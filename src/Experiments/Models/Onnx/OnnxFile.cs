using Google.Protobuf;
using Grid.Experiments.Telemetry;

namespace Grid.Experiments.Models.Onnx;

/// <summary>
/// Reads and writes .onnx files: the protobuf messages of onnx.proto3, as far as Grid works with them. What it does not know is skipped
/// on reading. Writing the same model gives the same bytes.
/// </summary>
public static class OnnxFile
{
    /// <summary>Larger files cannot be one protobuf message anyway.</summary>
    private const long LargestFile = int.MaxValue - 1024;

    /// <exception cref="OnnxException">The file is not there, no ONNX model, truncated, or fails <see cref="OnnxChecker"/>.</exception>
    public static OnnxModel Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                throw new OnnxException($"{path}: there is no such file.");
            // Also a device or a pipe, which could be read without end.
            if (file.Length == 0)
                throw new OnnxException($"{path}: the file is empty.");
            if (file.Length > LargestFile)
                throw new OnnxException($"{path}: the file is larger than 2 GB.");
            return Parse(File.ReadAllBytes(path));
        }
        catch (OnnxException e) when (!e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new OnnxException($"{path}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxException($"{path}: {e.Message}", e);
        }
    }

    /// <exception cref="OnnxException">The bytes are no sound ONNX model.</exception>
    public static OnnxModel Parse(byte[] bytes)
    {
        if (bytes.Length == 0)
            throw new OnnxException("the file is empty.");
        OnnxModel model;
        try
        {
            model = OnnxReader.Model(new CodedInputStream(bytes));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or OverflowException or ArgumentException)
        {
            throw new OnnxException("this is no ONNX model, or it is damaged or cut off.", e);
        }

        return OnnxChecker.Check(model);
    }

    /// <summary>Checks and writes.</summary>
    /// <exception cref="OnnxException">The model is not sound.</exception>
    public static void Write(OnnxModel model, string path)
    {
        using var span = Tracing.Part(GridTelemetry.Spans.Export);
        File.WriteAllBytes(path, ToBytes(model));
    }

    /// <inheritdoc cref="Write"/>
    public static byte[] ToBytes(OnnxModel model) => OnnxWriter.Model(OnnxChecker.Check(model));
}
