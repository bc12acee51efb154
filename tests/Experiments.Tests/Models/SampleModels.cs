using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Randomness;

namespace Grid.Experiments.Tests.Models;

/// <summary>Small hand-made models.</summary>
internal static class SampleModels
{
    /// <summary>Every operator Grid trains, with attributes off their defaults where there are any.</summary>
    /// <param name="head">Softmax or LogSoftmax: only one of them can be the last.</param>
    public static OnnxModel EveryOperator(string head = "Softmax")
    {
        var random = new RandomStream(5);
        OnnxTensor Weights(string name, params long[] shape) => OnnxTensor.Floats(
            name, shape, Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => random.NextFloat() - 0.4f).ToArray());

        OnnxNode[] nodes =
        [
            Node("Sub", ["x", "mean"], "centred"),
            Node("Div", ["centred", "deviation"], "scaled"),
            Node("Conv", ["scaled", "w1", "b1"], "c1", Ints("kernel_shape", 3, 3), Ints("pads", 1, 0, 1, 0), Ints("strides", 1, 1)),
            Node("BatchNormalization", ["c1", "gamma", "beta", "mu", "variance"], "bn"),
            Node("LeakyRelu", ["bn"], "leaky", new OnnxArgument { Name = "alpha", Float = 0.2f }),
            Node("Conv", ["leaky", "w2"], "c2", new OnnxArgument { Name = "auto_pad", String = "SAME_UPPER" }, Ints("strides", 2, 2), new OnnxArgument { Name = "group", Int = 2 }),
            Node("Clip", ["c2", "low", "high"], "clipped"),
            Node("MaxPool", ["clipped"], "pooled", Ints("kernel_shape", 2, 2), Ints("strides", 2, 2), new OnnxArgument { Name = "ceil_mode", Int = 1 }),
            Node("AveragePool", ["pooled"], "averaged", Ints("kernel_shape", 2, 2), Ints("pads", 1, 1, 1, 1), new OnnxArgument { Name = "count_include_pad", Int = 1 }),
            Node("Tanh", ["averaged"], "tanh"),
            Node("Sigmoid", ["tanh"], "sigmoid"),
            Node("Mul", ["sigmoid", "tanh"], "gated"),
            Node("GlobalAveragePool", ["gated"], "global"),
            Node("Constant", [], "shape", Ints("value_ints", 0, -1)),
            Node("Reshape", ["global", "shape"], "vector"),
            Node("MatMul", ["vector", "w3"], "product"),
            Node("Add", ["product", "b3"], "sum"),
            Node("Relu", ["sum"], "relu"),
            Node("Dropout", ["relu"], "dropped"),
            Node("Identity", ["dropped"], "same"),
            Node("Flatten", ["same"], "flat"),
            Node("Gemm", ["flat", "w4", "b4"], "gemm", new OnnxArgument { Name = "alpha", Float = 0.5f }, new OnnxArgument { Name = "beta", Float = 2f }),
            Node(head, ["gemm"], "y"),
        ];
        return new OnnxModel
        {
            Nodes = nodes,
            Initializers =
            [
                Weights("w1", 4, 2, 3, 3), Weights("b1", 4), Weights("gamma", 4), Weights("beta", 4), Weights("mu", 4),
                OnnxTensor.Floats("variance", [4], [1f, 2f, 0.5f, 1.5f]), Weights("w2", 6, 2, 3, 3), Weights("w3", 6, 8), Weights("b3", 8),
                Weights("w4", 8, 3), Weights("b4", 3), OnnxTensor.Floats("mean", [], [0.4f]), OnnxTensor.Floats("deviation", [], [0.3f]),
                OnnxTensor.Floats("low", [], [-0.5f]), OnnxTensor.Floats("high", [], [0.9f]),
            ],
            Inputs = [new OnnxValue("x", OnnxElementType.Float, [OnnxDimension.Batch, 2, 9, 9])],
            Outputs = [new OnnxValue("y", OnnxElementType.Float, [OnnxDimension.Batch, 3])],
        };
    }

    public static OnnxModel TakesVectors() => new()
    {
        Nodes = [Node("Gemm", ["x", "w"], "y")],
        Initializers = [OnnxTensor.Floats("w", [784, 10], new float[7840])],
        Inputs = [new OnnxValue("x", OnnxElementType.Float, [OnnxDimension.Batch, 784])],
        Outputs = [new OnnxValue("y", OnnxElementType.Float, [OnnxDimension.Batch, 10])],
    };

    /// <summary>Nodes between an input "x" and an output "y", both [batch, 4].</summary>
    public static OnnxModel Chain(params OnnxNode[] nodes) => new()
    {
        Nodes = nodes,
        Initializers = [],
        Inputs = [new OnnxValue("x", OnnxElementType.Float, [OnnxDimension.Batch, 4])],
        Outputs = [new OnnxValue("y", OnnxElementType.Float, [OnnxDimension.Batch, 4])],
    };

    public static OnnxNode Node(string type, string[] inputs, string output, params OnnxArgument[] attributes) =>
        new() { Operator = type, Name = $"{type}-{output}", Inputs = inputs, Outputs = [output], Attributes = attributes };

    public static OnnxArgument Ints(string name, params long[] values) => new() { Name = name, Ints = values };
}
