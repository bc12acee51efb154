using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Randomness;
using Grid.Experiments.Tests.Models;

namespace Grid.Experiments.Tests.Compression;

/// <summary>Networks of forms that the zoo does not have but users' files do. All take images [batch, 1, 28, 28] unless they say otherwise.</summary>
internal static class CompressionModels
{
    /// <summary>Conv of 6 filters, then whatever is given from "c" [batch, 6, 9, 9] to "flat" [batch, 486], then a Gemm to 10 classes.</summary>
    public static OnnxModel AfterConv(IEnumerable<OnnxNode> between, params OnnxTensor[] tensors) => Model(
        [
            SampleModels.Node("Conv", ["x", "w1", "b1"], "c", SampleModels.Ints("strides", 3, 3)), .. between,
            SampleModels.Node("Gemm", ["flat", "w2", "b2"], "y", new OnnxArgument { Name = "transB", Int = 1 }),
        ],
        [Values("w1", 6, 1, 3, 3), Values("b1", 6), Values("w2", 10, 486), Values("b2", 10), .. tensors]);

    /// <summary>Three Gemm layers, [batch, 784] to 20 to 20 to 10, from nodes and tensors that the caller changes.</summary>
    public static OnnxModel Dense() => Model(
        [
            SampleModels.Node("Flatten", ["x"], "x0"),
            SampleModels.Node("Gemm", ["x0", "w1", "b1"], "h1"), SampleModels.Node("Relu", ["h1"], "a1"),
            SampleModels.Node("Gemm", ["a1", "w2", "b2"], "h2"), SampleModels.Node("Relu", ["h2"], "a2"),
            SampleModels.Node("Gemm", ["a2", "w3", "b3"], "y"),
        ],
        [Values("w1", 784, 20), Values("b1", 20), Values("w2", 20, 20), Values("b2", 20), Values("w3", 20, 10), Values("b3", 10)]);

    public static OnnxModel Model(IReadOnlyList<OnnxNode> nodes, IReadOnlyList<OnnxTensor> tensors) => new()
    {
        Nodes = nodes,
        Initializers = tensors,
        Inputs = [new OnnxValue("x", OnnxElementType.Float, [OnnxDimension.Batch, 1, 28, 28])],
        Outputs = [new OnnxValue("y", OnnxElementType.Float, [OnnxDimension.Batch, 10])],
    };

    /// <summary>Uniform from -0.2 to 0.3, the same for the same name.</summary>
    public static OnnxTensor Values(string name, params long[] shape)
    {
        var random = new RandomStream(name.Aggregate(17UL, (hash, letter) => (hash * 31) + letter));
        return OnnxTensor.Floats(name, shape, Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => (random.NextFloat() / 2) - 0.2f).ToArray());
    }
}
