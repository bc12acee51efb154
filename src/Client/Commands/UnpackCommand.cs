using System.CommandLine;
using Grid.Client.Json;
using Grid.Client.Models;
using Grid.Experiments.Measurement.Packing;
using Grid.Experiments.Stages;

namespace Grid.Client.Commands;

/// <summary>grid unpack</summary>
internal static class UnpackCommand
{
    public static GridCommand Create()
    {
        var file = new Argument<string>("FILE") { Description = "A packed model, as grid export --packed writes it.", Validators = { Arguments.MustBePathOf("file") } };
        var output = new Option<string?>("--output") { Description = "Where to write the .onnx file; beside the packed one unless you say.", HelpName = "FILE", Validators = { Arguments.MustBePathOf("file") } };
        return new GridCommand(
            "unpack", "Turn a packed model back into the identical .onnx file.", call => Task.FromResult(Act(call.Value(file), call.Value(output))),
            "unpack models/trial-0007.onnx.pack", "unpack models/trial-0007.onnx.pack --output model.onnx")
        {
            file, output,
        };
    }

    private static Answer Act(string file, string? output)
    {
        var target = Path.GetFullPath(output ?? (file.EndsWith(ModelCopy.PackedExtension, StringComparison.Ordinal)
            ? file[..^ModelCopy.PackedExtension.Length] + ModelCopy.Extension
            : file + ModelCopy.Extension));
        byte[] onnx;
        try
        {
            onnx = ModelPack.Unpack(File.ReadAllBytes(file));
        }
        catch (InvalidDataException e)
        {
            throw new UserException($"{file} cannot be unpacked: {e.Message}");
        }
        ModelCopy.Write(onnx, target);
        var document = new UnpackDocument(target, onnx.LongLength, Sha256Text.Of(onnx));
        return new Answer(document, console => console.Profile.Out.Writer.WriteLine(target));
    }
}
