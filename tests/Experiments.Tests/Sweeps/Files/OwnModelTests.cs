using System.Security.Cryptography;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Files;
using Grid.Experiments.Tests.Models;
using Grid.Tests;
using static Grid.Experiments.Tests.Sweeps.Files.SweepText;

namespace Grid.Experiments.Tests.Sweeps.Files;

public sealed class OwnModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_own_network_is_found_beside_the_sweep_file_and_known_by_its_content()
    {
        Directory.CreateDirectory(folder.File("models"));
        var path = folder.File("models", "net.onnx");
        OnnxFile.Write(ModelZoo.Create("lenet-300-100", 1), path);

        var reading = Read("./models/net.onnx");

        reading.Errors.ShouldBeEmpty();
        reading.Sweep!.Model.ShouldBe(new ModelSource(null, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), "net.onnx"));
        Path.GetFullPath(reading.ModelFile!).ShouldBe(path);
    }

    [Fact]
    public void Where_the_network_lies_makes_no_other_sweep()
    {
        OnnxFile.Write(ModelZoo.Create("lenet-300-100", 1), folder.File("a.onnx"));
        File.Copy(folder.File("a.onnx"), folder.File("b.onnx"));

        ExperimentId.Of(Read("a.onnx").Sweep!).ShouldBe(ExperimentId.Of(Read(folder.File("b.onnx")).Sweep!));
    }

    [Theory]
    [InlineData("none.onnx", "there is no such file. Accepted: the path of an .onnx file that Grid can train.")]
    [InlineData("text.onnx", "this is no ONNX model: it has no graph.")]
    [InlineData("cut.onnx", "this is no ONNX model, or it is damaged or cut off.")]
    [InlineData("empty.onnx", "the file is empty.")]
    [InlineData("unknown.onnx", "the node 'Einsum-y' (Einsum) is an operator Grid cannot train.")]
    [InlineData(".", "there is no such file.")]
    public void A_network_that_cannot_be_used_is_an_error_of_its_line(string file, string message)
    {
        var sound = OnnxFile.ToBytes(ModelZoo.Create("lenet-300-100", 1));
        File.WriteAllText(folder.File("text.onnx"), "a network");
        File.WriteAllBytes(folder.File("cut.onnx"), sound[..(sound.Length / 2)]);
        File.WriteAllBytes(folder.File("empty.onnx"), []);
        OnnxFile.Write(SampleModels.Chain(SampleModels.Node("Einsum", ["x"], "y")), folder.File("unknown.onnx"));

        var error = Read(file).Errors.ShouldHaveSingleItem();

        (error.Line, error.Key, error.Found).ShouldBe((2, "model.onnx", file));
        error.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData(784, 7, "it does not fit generated-digits: the model answers [1, 7] per image, but the data has 10 classes.")]
    [InlineData(1024, 10, "it does not fit generated-digits: the model takes 1024 values per image, but the data's images have 784.")]
    public void A_network_for_other_data_is_an_error_before_anything_is_computed(int pixels, int classes, string message)
    {
        var model = SampleModels.TakesVectors();
        OnnxFile.Write(
            model with
            {
                Initializers = [OnnxTensor.Floats("w", [pixels, classes], new float[pixels * classes])],
                Inputs = [model.Inputs[0] with { Shape = [OnnxDimension.Batch, pixels] }],
                Outputs = [model.Outputs[0] with { Shape = [OnnxDimension.Batch, classes] }],
            },
            folder.File("other.onnx"));

        Read("other.onnx").Errors.ShouldHaveSingleItem().Message.ShouldStartWith(message);
    }

    [Fact]
    public void A_device_is_no_network()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "This machine has no /dev/zero.");

        Read("/dev/zero").Errors.ShouldHaveSingleItem().Message.ShouldContain("the file is empty");
    }

    private SweepReading Read(string model)
    {
        File.WriteAllText(folder.File("sweep.yaml"), With($"model: {{ onnx: {model} }}"));
        return SweepFile.Read(folder.File("sweep.yaml"));
    }
}
