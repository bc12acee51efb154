using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Torch;
using static TorchSharp.torch;

namespace Grid.Experiments.Tests.Models;

public sealed class ShapeInferenceTests
{
    [Fact]
    public void The_shapes_are_those_that_torch_makes()
    {
        var model = SampleModels.EveryOperator();
        var shapes = ShapeInference.Of(model, batch: 3);
        using var graph = new TrainableGraph(model);
        var seen = 0;

        using var result = graph.Forward(ones(3, 2, 9, 9), (name, tensor) =>
        {
            tensor.shape.ShouldBe(shapes[name], name);
            seen++;
        });

        seen.ShouldBe(model.Nodes.Count);
    }

    [Theory]
    [InlineData(7, 3, 2, 0, false, "NOTSET")]
    [InlineData(8, 3, 2, 0, true, "NOTSET")]
    [InlineData(8, 3, 3, 1, true, "NOTSET")]
    [InlineData(7, 3, 2, 2, false, "NOTSET")]
    [InlineData(6, 2, 2, 1, true, "NOTSET")]
    [InlineData(7, 3, 2, 0, false, "SAME_UPPER")]
    [InlineData(8, 3, 2, 0, false, "SAME_LOWER")]
    [InlineData(8, 3, 2, 0, false, "VALID")]
    public void A_pooling_has_the_shape_and_values_that_the_runtime_gives_it(int side, long kernel, long stride, long pad, bool ceil, string autoPad)
    {
        foreach (var type in new[] { "MaxPool", "AveragePool" })
        {
            List<OnnxArgument> attributes =
            [
                SampleModels.Ints("kernel_shape", kernel, kernel), SampleModels.Ints("strides", stride, stride),
                new OnnxArgument { Name = "ceil_mode", Int = ceil ? 1 : 0 }, new OnnxArgument { Name = "auto_pad", String = autoPad },
            ];
            if (autoPad == "NOTSET")
                attributes.Add(SampleModels.Ints("pads", pad, pad, pad, pad));
            var model = SampleModels.Chain(SampleModels.Node(type, ["x"], "y", [.. attributes])) with
            {
                Inputs = [new OnnxValue("x", OnnxElementType.Float, [OnnxDimension.Batch, 1, side, side])],
                Outputs = [new OnnxValue("y", OnnxElementType.Float, [OnnxDimension.Batch, 1, new OnnxDimension(null, "h"), new OnnxDimension(null, "w")])],
            };
            if (Grid.Experiments.Models.TrainableOperators.Check(model) is [var limit])
            {
                limit.ShouldContain("cannot train");
                continue;
            }

            var images = RuntimeModel.Images(2, side * side);
            using var graph = new TrainableGraph(model);
            using var result = graph.Forward(tensor(images, [2, 1, side, side]));

            result.shape.ShouldBe(ShapeInference.Of(model, 2)["y"]);
            result.contiguous().data<float>().ToArray().ShouldBe(RuntimeModel.Run(model, images, 2, 1, side, side), 1e-6f);
        }
    }

    [Fact]
    public void A_bias_of_the_wrong_length_is_named() => Should.Throw<OnnxException>(() => ShapeInference.Of(SampleModels.EveryOperator() with
    {
        Initializers = [.. SampleModels.EveryOperator().Initializers.Select(t => t.Name == "b1" ? OnnxTensor.Floats("b1", [3], new float[3]) : t)],
    })).Message.ShouldContain("its bias [3] does not fit its 4 filters");
}
