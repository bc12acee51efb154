using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Measurement.Energy;

/// <summary>Arithmetic of one node. Multiplications by padding or by a weight that is zero are carried out, so they count.</summary>
internal static class NodeOperations
{
    /// <summary>Multiplications and additions that stand for an exponential function: a polynomial in float32 takes about as many.</summary>
    private const int Exponential = 8;

    public static OperationCount Of(OnnxNode node, Execution execution, IReadOnlyDictionary<string, long[]> shapes)
    {
        var made = Count(shapes[node.Outputs[0]]);
        if (Execution.IsLayer(node))
            return Layer(node, execution.OnIntegers(node), made, shapes);
        var (multiplies, adds) = PerElement(node, made, shapes);
        return execution.IsFused(node) ? new OperationCount()
            : execution.OnIntegers(node) ? new OperationCount(Int8Multiplies: multiplies, Int8Adds: adds)
            : new OperationCount(FloatMultiplies: multiplies, FloatAdds: adds);
    }

    /// <summary>Multiply-accumulates: each output is a sum of products over the layer's inputs.</summary>
    public static long MultiplyAccumulates(OnnxNode node, IReadOnlyDictionary<string, long[]> shapes)
    {
        var (input, weight) = (shapes[node.Inputs[0]], shapes[node.Inputs[1]]);
        var terms = node.Operator switch
        {
            "Conv" => Count(weight[1..]),
            "Gemm" => node.Int("transA", 0) != 0 ? input[0] : input[1],
            _ => input[^1],
        };
        return terms * Count(shapes[node.Outputs[0]]);
    }

    private static OperationCount Layer(OnnxNode node, bool onIntegers, long made, IReadOnlyDictionary<string, long[]> shapes)
    {
        var products = MultiplyAccumulates(node, shapes);
        var biases = node.Inputs.Count > 2 && node.Inputs[2].Length > 0 ? made : 0;
        // An integer kernel brings its 32-bit sums back to scale: a multiplication and a rounding for each.
        return onIntegers
            ? new OperationCount(FloatMultiplies: made, FloatAdds: made, Int8Multiplies: products, Int32Adds: products + biases)
            : new OperationCount(FloatMultiplies: products, FloatAdds: products + biases);
    }

    private static (long Multiplies, long Adds) PerElement(OnnxNode node, long made, IReadOnlyDictionary<string, long[]> shapes) => node.Operator switch
    {
        "Add" or "Sub" or "Relu" => (0, made),
        "Mul" or "Div" => (made, 0),
        "Clip" => (0, 2 * made),
        "LeakyRelu" or "BatchNormalization" or "QuantizeLinear" or "DequantizeLinear" => (made, made),
        "Sigmoid" or "Tanh" or "Softmax" or "LogSoftmax" => (Exponential * made, Exponential * made),
        "MaxPool" => (0, made * (Count(node.Ints("kernel_shape", [])) - 1)),
        "AveragePool" => (made, made * (Count(node.Ints("kernel_shape", [])) - 1)),
        "GlobalAveragePool" => (made, Count(shapes[node.Inputs[0]]) - made),
        // The rest moves or reinterprets what is there.
        _ => (0, 0),
    };

    private static long Count(long[] shape) => shape.Aggregate(1L, (product, length) => product * length);
}
