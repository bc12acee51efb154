using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Tests;

namespace Grid.Experiments.Tests.Models;

public sealed class OnnxFileTests
{
    [Fact]
    public void What_is_written_is_read_back_and_written_alike()
    {
        foreach (var model in ModelZoo.Names.Select(n => ModelZoo.Create(n, 1)).Append(SampleModels.EveryOperator()))
        {
            var bytes = OnnxFile.ToBytes(model with { Metadata = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } });

            OnnxFile.ToBytes(OnnxFile.Parse(bytes)).ShouldBe(bytes);
        }
    }

    [Fact]
    public void Every_cut_of_a_file_is_refused()
    {
        var bytes = OnnxFile.ToBytes(ModelZoo.Create("seed-cnn", 1));

        foreach (var length in Enumerable.Range(0, 400).Concat([bytes.Length / 2, bytes.Length - 1]))
            Should.Throw<OnnxException>(() => OnnxFile.Parse(bytes[..length]), $"cut to {length} bytes");
    }

    [Fact]
    public void Any_flipped_byte_is_read_or_refused_but_never_crashes()
    {
        var bytes = OnnxFile.ToBytes(SampleModels.EveryOperator());
        for (var i = 0; i < bytes.Length; i++)
        {
            var flipped = bytes.ToArray();
            flipped[i] ^= 0xff;
            try
            {
                ShapeInference.Of(OnnxFile.Parse(flipped));
            }
            catch (OnnxException)
            {
                // Said so in its own words.
            }
        }
    }

    [Fact]
    public void A_text_file_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("model.onnx"), "this is not a model\n");

        Should.Throw<OnnxException>(() => OnnxFile.Read(folder.File("model.onnx"))).Message.ShouldContain("model.onnx");
        Should.Throw<OnnxException>(() => OnnxFile.Read(folder.File("none.onnx"))).Message.ShouldContain("no such file");
    }

    [Fact]
    public void A_cycle_is_refused() => Refused("cycle", SampleModels.Chain(
        SampleModels.Node("Add", ["x", "b"], "a"), SampleModels.Node("Relu", ["a"], "b"), SampleModels.Node("Relu", ["b"], "y")));

    [Fact]
    public void A_dangling_input_is_refused() => Refused("'ghost', which nothing produces", SampleModels.Chain(
        SampleModels.Node("Add", ["x", "ghost"], "y")));

    [Fact]
    public void A_name_defined_twice_is_refused() => Refused("defined twice", SampleModels.Chain(
        SampleModels.Node("Relu", ["x"], "y"), SampleModels.Node("Tanh", ["x"], "y")));

    [Fact]
    public void A_free_dimension_other_than_the_batch_is_refused() => Refused("only the first, the batch, may be free", SampleModels.Chain(
        SampleModels.Node("Relu", ["x"], "y")) with
    { Inputs = [new OnnxValue("x", OnnxElementType.Float, [OnnxDimension.Batch, new OnnxDimension(null, "width")])] });

    [Fact]
    public void A_tensor_whose_data_does_not_fit_its_shape_is_refused() => Refused("should hold 16 bytes but holds 4", SampleModels.Chain(
        SampleModels.Node("Add", ["x", "w"], "y")) with
    { Initializers = [new OnnxTensor("w", OnnxElementType.Float, [4], new byte[4])] });

    [Fact]
    public void Nodes_come_out_in_topological_order()
    {
        var model = SampleModels.Chain(SampleModels.Node("Relu", ["a"], "y"), SampleModels.Node("Tanh", ["x"], "a"));

        OnnxFile.Parse(OnnxFile.ToBytes(model)).Nodes.Select(n => n.Operator).ShouldBe(["Tanh", "Relu"]);
    }

    private static void Refused(string because, OnnxModel model) =>
        Should.Throw<OnnxException>(() => OnnxChecker.Check(model)).Message.ShouldContain(because);
}
