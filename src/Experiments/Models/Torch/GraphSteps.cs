using Grid.Experiments.Models.Onnx;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Grid.Experiments.Models.Torch;

/// <summary>What each operator does in torch. Attributes are read once, when the step is compiled.</summary>
internal static class GraphSteps
{
    private static readonly long[] noPadding = [0, 0];

    public static Func<Tensor?[], int[], Tensor> Compile(OnnxNode node, OnnxModel model) => node.Operator switch
    {
        "Add" => Binary((a, b) => a + b),
        "Sub" => Binary((a, b) => a - b),
        "Mul" => Binary((a, b) => a * b),
        "Div" => Binary((a, b) => a / b),
        "MatMul" => Binary((a, b) => a.matmul(b)),
        "Relu" => Unary(x => x.relu()),
        "Sigmoid" => Unary(x => x.sigmoid()),
        "Tanh" => Unary(x => x.tanh()),
        "Identity" or "Dropout" => Unary(x => x.alias()),
        "LeakyRelu" => LeakyRelu(node.Float("alpha", 0.01f)),
        "Clip" => Clip(node),
        "Conv" => Conv(node),
        "MaxPool" => MaxPool(node),
        "AveragePool" => AveragePool(node),
        "GlobalAveragePool" => Unary(x => x.mean([2, 3], keepdim: true)),
        "Flatten" => Flatten((int)node.Int("axis", 1)),
        "Reshape" => Reshape(node, model),
        "Gemm" => Gemm(node),
        "Softmax" => Unary(x => F.softmax(x, 1)),
        "LogSoftmax" => Unary(x => F.log_softmax(x, 1)),
        "BatchNormalization" => BatchNormalization(node.Float("epsilon", 1e-5f)),
        _ => throw new OnnxException($"the node {node} is an operator Grid cannot train."),
    };

    private static Func<Tensor?[], int[], Tensor> Unary(Func<Tensor, Tensor> operation) => (values, at) => operation(values[at[0]]!);

    private static Func<Tensor?[], int[], Tensor> Binary(Func<Tensor, Tensor, Tensor> operation) =>
        (values, at) => operation(values[at[0]]!, values[at[1]]!);

    private static Tensor? Optional(Tensor?[] values, int[] at, int index) => at.Length > index && at[index] >= 0 ? values[at[index]] : null;

    private static Func<Tensor?[], int[], Tensor> LeakyRelu(float slope) => Unary(x => F.leaky_relu(x, slope));

    private static Func<Tensor?[], int[], Tensor> Clip(OnnxNode node)
    {
        // Up to opset 10 the bounds are attributes, later they are inputs.
        var (low, high) = (node.Float("min", float.NegativeInfinity), node.Float("max", float.PositiveInfinity));
        return (values, at) => values[at[0]]!.clamp(
            Optional(values, at, 1)?.item<float>() ?? low, Optional(values, at, 2)?.item<float>() ?? high);
    }

    private static Func<Tensor?[], int[], Tensor> Conv(OnnxNode node)
    {
        var groups = node.Int("group", 1);
        Window? window = null;
        return (values, at) =>
        {
            var (x, weight) = (values[at[0]]!, values[at[1]]!);
            window ??= Window.Of(node, weight.shape[2..]);
            var (padded, padding) = window.IsSymmetric ? (x, window.Padding[..2]) : (Pad(x, window, 0), noPadding);
            return F.conv2d(padded, weight, Optional(values, at, 2), window.Strides, padding, window.Dilations, groups);
        };
    }

    private static Func<Tensor?[], int[], Tensor> MaxPool(OnnxNode node)
    {
        var window = Window.Of(node, node.Ints("kernel_shape", []));
        return Unary(x =>
        {
            var (padded, padding) = window.IsEvenlyPadded ? (x, window.Padding[..2]) : (Pad(x, window, double.NegativeInfinity), noPadding);
            return F.max_pool2d(padded, window.Kernel, window.Strides, padding, window.Dilations, window.CeilMode);
        });
    }

    private static Func<Tensor?[], int[], Tensor> AveragePool(OnnxNode node)
    {
        var window = Window.Of(node, node.Ints("kernel_shape", []));
        var countPadding = node.Int("count_include_pad", 0) != 0;
        return Unary(x => F.avg_pool2d(x, window.Kernel, window.Strides, window.Padding[..2], window.CeilMode, countPadding));
    }

    private static Func<Tensor?[], int[], Tensor> Flatten(int axis) => Unary(x =>
    {
        var at = axis < 0 ? axis + x.dim() : axis;
        return x.reshape(x.shape[..(int)at].Aggregate(1L, (a, b) => a * b), -1);
    });

    private static Func<Tensor?[], int[], Tensor> Reshape(OnnxNode node, OnnxModel model)
    {
        var wanted = ShapeInference.ConstantLongs(model, node.Inputs[1])!;
        return Unary(x => x.reshape([.. wanted.Select((length, i) => length == 0 ? x.shape[i] : length)]));
    }

    private static Func<Tensor?[], int[], Tensor> Gemm(OnnxNode node)
    {
        var (alpha, beta) = (node.Float("alpha", 1), node.Float("beta", 1));
        var (transA, transB) = (node.Int("transA", 0) != 0, node.Int("transB", 0) != 0);
        if (!transA && transB && alpha == 1 && beta == 1)
            return (values, at) => F.linear(values[at[0]]!, values[at[1]]!, Optional(values, at, 2));
        return (values, at) =>
        {
            var a = transA ? values[at[0]]!.t() : values[at[0]]!;
            var b = transB ? values[at[1]]!.t() : values[at[1]]!;
            var product = alpha == 1 ? a.mm(b) : a.mm(b) * alpha;
            return Optional(values, at, 2) is { } c ? product + (beta == 1 ? c : c * beta) : product;
        };
    }

    /// <summary>As at inference: with the running mean and variance.</summary>
    private static Func<Tensor?[], int[], Tensor> BatchNormalization(float epsilon) => (values, at) => F.batch_norm(
        values[at[0]]!, values[at[3]]!, values[at[4]]!, values[at[1]], values[at[2]], training: false, momentum: 0, eps: epsilon);

    /// <summary>Padding that torch's operators do not take is put around the input before.</summary>
    private static Tensor Pad(Tensor x, Window window, double with)
    {
        var (top, bottom) = window.PaddingOf(x.shape[2], 0);
        var (left, right) = window.PaddingOf(x.shape[3], 1);
        return top + bottom + left + right == 0 ? x : F.pad(x, [left, right, top, bottom], PaddingModes.Constant, with);
    }
}
