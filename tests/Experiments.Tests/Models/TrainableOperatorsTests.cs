using Grid.Experiments.Models;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;

namespace Grid.Experiments.Tests.Models;

public sealed class TrainableOperatorsTests
{
    [Fact]
    public void The_zoo_and_every_listed_operator_can_be_trained()
    {
        foreach (var model in ModelZoo.Names.Select(n => ModelZoo.Create(n, 1)).Append(SampleModels.EveryOperator()))
            TrainableOperators.Check(model).ShouldBeEmpty();
        SampleModels.EveryOperator().Nodes.Select(n => n.Operator).Append("LogSoftmax").Distinct().ShouldBe(TrainableOperators.Names, ignoreOrder: true);
    }

    [Fact]
    public void Every_unknown_operator_is_named_with_its_node()
    {
        var problems = TrainableOperators.Check(SampleModels.Chain(
            SampleModels.Node("Erf", ["x"], "a"), SampleModels.Node("Relu", ["a"], "b"), SampleModels.Node("Gelu", ["b"], "y") with { Domain = "com.microsoft" }));

        problems.Count.ShouldBe(2);
        problems[0].ShouldContain("'Erf-a' (Erf)");
        problems[1].ShouldContain("'Gelu-y' (Gelu)");
    }

    [Fact]
    public void A_form_that_torch_has_no_counterpart_for_is_refused()
    {
        Refused("in the middle of the network", SampleModels.Node("Softmax", ["x"], "a"), SampleModels.Node("Relu", ["a"], "y"));
        Refused("along axis 0", SampleModels.Node("Softmax", ["x"], "y", new OnnxArgument { Name = "axis", Int = 0 }));
        Refused("allowzero", SampleModels.Node("Reshape", ["x", "x"], "y", new OnnxArgument { Name = "allowzero", Int = 1 }));
        Refused("needs 2 inputs but has only [x]", SampleModels.Node("Add", ["x"], "y"));
        Refused("also has the output 'mask'",
            SampleModels.Node("Dropout", ["x"], "a") with { Outputs = ["a", "mask"] }, SampleModels.Node("Mul", ["a", "mask"], "y"));
    }

    [Theory]
    [InlineData(OnnxElementType.Float16, 2)]
    [InlineData(OnnxElementType.Double, 8)]
    public void Weights_that_are_not_float32_are_refused(OnnxElementType type, int bytes)
    {
        var model = SampleModels.Chain(SampleModels.Node("Add", ["x", "w"], "y")) with
        {
            Initializers = [new OnnxTensor("w", type, [4], new byte[4 * bytes])],
        };

        TrainableOperators.Check(model).Single().ShouldContain($"computes with 'w', which is {type}; Grid trains float32");
    }

    [Fact]
    public void An_operator_set_older_than_broadcasting_is_refused() =>
        TrainableOperators.Check(SampleModels.Chain(SampleModels.Node("Relu", ["x"], "y")) with { Opset = 6 }).Single().ShouldContain("version 6");

    [Fact]
    public void What_is_newer_than_the_runtime_that_measures_it_is_refused()
    {
        var model = SampleModels.Chain(SampleModels.Node("Relu", ["x"], "y"));

        TrainableOperators.Check(model with { Opset = 99 }).Single().ShouldContain("version 99 of the operator set; ONNX Runtime reads up to");
        TrainableOperators.Check(model with { IrVersion = 99 }).Single().ShouldContain("version 99 of the file format (ir_version); ONNX Runtime reads up to");
    }

    [Fact]
    public void The_newest_versions_that_are_accepted_load_in_the_runtime()
    {
        var model = SampleModels.Chain(SampleModels.Node("Relu", ["x"], "y"));
        var opset = Enumerable.Range(17, 100).TakeWhile(v => TrainableOperators.Check(model with { Opset = v }).Count == 0).Last();
        var format = Enumerable.Range(8, 100).TakeWhile(v => TrainableOperators.Check(model with { IrVersion = v }).Count == 0).Last();

        RuntimeModel.Run(model with { Opset = opset, IrVersion = format }, [-1, 2, -3, 4], 1, 4).ShouldBe([0f, 2, 0, 4]);
    }

    [Theory]
    [InlineData(new[] { 3L, 4 }, "for one image")]
    [InlineData(new[] { 1009L, 4 }, "for one image")]
    [InlineData(new[] { 5L }, "do not fit each other")]
    public void A_constant_that_mixes_images_or_does_not_fit_is_refused(long[] shape, string because)
    {
        var model = SampleModels.Chain(SampleModels.Node("Add", ["x", "w"], "y")) with
        {
            Initializers = [OnnxTensor.Floats("w", shape, new float[shape.Aggregate((a, b) => a * b)])],
        };

        TrainableOperators.Check(model).Single().ShouldContain(because);
    }

    private static void Refused(string because, params OnnxNode[] nodes) =>
        TrainableOperators.Check(SampleModels.Chain(nodes)).ShouldHaveSingleItem().ShouldContain(because);
}
