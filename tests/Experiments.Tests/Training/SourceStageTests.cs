using Grid.Experiments.Datasets;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;
using Grid.Experiments.Tests.Models;
using Grid.Experiments.Training;
using Grid.Tests;

namespace Grid.Experiments.Tests.Training;

public sealed class SourceStageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_network_of_the_zoo_is_written_by_seed()
    {
        Run(new StageSettings([new("zoo", "lenet-5")]), seed: 4, input: null);

        File.ReadAllBytes(folder.File("out.onnx")).ShouldBe(OnnxFile.ToBytes(ModelZoo.Create("lenet-5", 4)));
    }

    [Fact]
    public void A_file_that_fixes_its_batch_gets_a_free_one()
    {
        var model = ModelZoo.Create("seed-cnn", 1);
        var imported = Import(model with
        {
            Inputs = [new OnnxValue("image", OnnxElementType.Float, [1, 1, 28, 28])],
            Outputs = [new OnnxValue("logits", OnnxElementType.Float, [1, 10])],
        });

        OnnxFile.ToBytes(imported).ShouldBe(OnnxFile.ToBytes(model));
        RuntimeModel.Run(imported, RuntimeModel.Images(7), 7, 1, 28, 28).Length.ShouldBe(70);
    }

    [Fact]
    public void A_file_whose_nodes_fix_the_batch_is_refused_by_node()
    {
        var model = SampleModels.Chain(SampleModels.Node("Reshape", ["x", "shape"], "y")) with { Initializers = [OnnxTensor.Longs("shape", [2], [1, 4])] };

        var error = Should.Throw<StageException>(() => Import(model));

        error.Message.ShouldContain("one image at a time only");
        error.Message.ShouldContain("Reshape-y");
    }

    [Fact]
    public void Weights_in_constant_nodes_become_initialisers()
    {
        var model = SampleModels.Chain(
            SampleModels.Node("Constant", [], "w", new OnnxArgument { Name = "value", Tensor = OnnxTensor.Floats("", [4, 4], new float[16]) }),
            SampleModels.Node("MatMul", ["x", "w"], "y"));

        var imported = Import(model);

        imported.Nodes.ShouldHaveSingleItem().Operator.ShouldBe("MatMul");
        imported.Initializer("w").ShouldNotBeNull().Shape.ShouldBe([4, 4]);
    }

    [Fact]
    public void Every_node_gets_a_name_of_its_own()
    {
        OnnxNode Named(string name, string input, string output) => SampleModels.Node("Relu", [input], output) with { Name = name };

        var imported = Import(SampleModels.Chain(Named("", "x", "a"), Named("twice", "a", "b"), Named("twice", "b", "c"), Named("c", "c", "y")));

        imported.Nodes.Select(n => n.Name).ShouldBe(["a", "twice", "c-2", "c"]);
    }

    [Fact]
    public void Control_flow_is_refused_by_node()
    {
        byte[] subgraph = [.. OnnxBytes.Field(1, "body"u8), .. OnnxBytes.Field(6, []), 0xa0, 1, 5];
        File.WriteAllBytes(folder.File("in.onnx"), OnnxBytes.Model(OnnxBytes.Node("Loop", ["x"], OnnxBytes.Field(5, subgraph))));

        Should.Throw<StageException>(() => Run(StageSettings.Empty, 0, folder.File("in.onnx"))).Message.ShouldContain("'it' (Loop)");
    }

    private OnnxModel Import(OnnxModel model)
    {
        OnnxFile.Write(model, folder.File("in.onnx"));
        Run(StageSettings.Empty, 0, folder.File("in.onnx"));
        return OnnxFile.Read(folder.File("out.onnx"));
    }

    private void Run(StageSettings settings, long seed, string? input) => new SourceStage().Run(new StageContext
    {
        Settings = settings,
        Seed = seed,
        InputPath = input,
        OutputPath = folder.File("out.onnx"),
        Data = () => throw new DatasetException("the source reads no data"),
    });
}
