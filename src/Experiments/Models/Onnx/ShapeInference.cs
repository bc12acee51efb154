namespace Grid.Experiments.Models.Onnx;

/// <summary>Shapes of the tensors of a graph, for a batch of a given size; ONNX operator semantics of opset 7 to 21.</summary>
public static class ShapeInference
{
    /// <returns>The shape of every tensor by name, initialisers included.</returns>
    /// <exception cref="OnnxException">A node's inputs do not fit each other, or its operator is not known; the message names the node.</exception>
    public static IReadOnlyDictionary<string, long[]> Of(OnnxModel model, long batch = 1)
    {
        var shapes = model.Initializers.ToDictionary(t => t.Name, t => t.Shape);
        foreach (var input in model.Inputs)
            shapes[input.Name] = [.. input.Shape.Select((d, i) => d.Length ?? (i == 0 ? batch : 1))];
        foreach (var node in model.Nodes)
        {
            var shape = OutputOf(node, model, shapes);
            foreach (var output in node.Outputs.Where(o => o.Length > 0))
                shapes[output] = shape;
        }

        return shapes;
    }

    private static long[] OutputOf(OnnxNode node, OnnxModel model, Dictionary<string, long[]> shapes)
    {
        var input = node.Inputs.Count > 0 ? shapes.GetValueOrDefault(node.Inputs[0]) : null;
        return node.Operator switch
        {
            "Constant" => ConstantNodes.ValueOf(node)!.Shape,
            _ when input is null => throw Misfit(node, "its first input is missing"),
            "Conv" => Convolution(node, input, Second(node, shapes), Third(node, shapes)),
            "MaxPool" or "AveragePool" => Pool(node, input),
            "GlobalAveragePool" => [input[0], input[1], .. input[2..].Select(_ => 1L)],
            "Flatten" => Flatten(node, input),
            "Reshape" => Reshape(node, input, model),
            "Gemm" => Gemm(node, input, Second(node, shapes), Third(node, shapes)),
            "MatMul" => MatMul(node, input, Second(node, shapes)),
            "Add" or "Sub" or "Mul" or "Div" => Broadcast(node, input, Second(node, shapes)),
            "BatchNormalization" => Normalization(node, input, shapes),
            "Relu" or "LeakyRelu" or "Sigmoid" or "Tanh" or "Clip" or "Softmax" or "LogSoftmax" or "Identity" or "Dropout" or "Cast"
                or "QuantizeLinear" or "DequantizeLinear" => input,
            _ => throw new OnnxException($"the node {node} is an operator Grid does not know."),
        };
    }

    private static long[] Second(OnnxNode node, Dictionary<string, long[]> shapes) =>
        node.Inputs.Count > 1 && shapes.TryGetValue(node.Inputs[1], out var shape) ? shape : throw Misfit(node, "its second input is missing");

    private static long[]? Third(OnnxNode node, Dictionary<string, long[]> shapes) =>
        node.Inputs.Count > 2 ? shapes.GetValueOrDefault(node.Inputs[2]) : null;

    private static long[] Convolution(OnnxNode node, long[] input, long[] weight, long[]? bias)
    {
        if (input.Length != 4 || weight.Length != 4)
            throw Misfit(node, $"it takes images [batch, channels, height, width] and weights of 4 dimensions, not {Text(input)} and {Text(weight)}");
        var groups = node.Int("group", 1);
        if (groups < 1 || weight[1] * groups != input[1] || weight[0] % groups != 0)
            throw Misfit(node, $"its weights {Text(weight)} in {groups} groups do not fit its input {Text(input)}");
        if (bias is not (null or [_]) || (bias is [var length] && length != weight[0]))
            throw Misfit(node, $"its bias {Text(bias)} does not fit its {weight[0]} filters");
        var window = Window.Of(node, weight[2..]);
        return [input[0], weight[0], window.Output(node, input, 0), window.Output(node, input, 1)];
    }

    private static long[] Pool(OnnxNode node, long[] input)
    {
        if (input.Length != 4)
            throw Misfit(node, $"it takes images [batch, channels, height, width], not {Text(input)}");
        var window = Window.Of(node, node.Ints("kernel_shape", []));
        return [input[0], input[1], window.Output(node, input, 0), window.Output(node, input, 1)];
    }

    private static long[] Flatten(OnnxNode node, long[] input)
    {
        var axis = (int)node.Int("axis", 1);
        axis = axis < 0 ? axis + input.Length : axis;
        if (axis < 0 || axis > input.Length)
            throw Misfit(node, $"it has no axis {axis} in {Text(input)}");
        return [Product(input[..axis]), Product(input[axis..])];
    }

    private static long[] Reshape(OnnxNode node, long[] input, OnnxModel model)
    {
        var wanted = (node.Inputs.Count > 1 ? ConstantLongs(model, node.Inputs[1]) : null) ?? throw Misfit(node, "its shape is computed at run time; export it with a constant one");
        var shape = wanted.Select((length, i) => length == 0 && i < input.Length ? input[i] : length).ToArray();
        var free = Array.IndexOf(shape, -1);
        var count = Product(input);
        if (shape.Any(l => l < -1))
            throw Misfit(node, $"{Text(wanted)} is no shape");
        if (free >= 0)
        {
            var known = Product([.. shape.Where(l => l != -1)]);
            shape[free] = known > 0 ? count / known : 0;
        }

        return Product(shape) == count ? shape : throw Misfit(node, $"{Text(input)} cannot become {Text(wanted)}");
    }

    private static long[] Gemm(OnnxNode node, long[] a, long[] b, long[]? c)
    {
        if (a.Length != 2 || b.Length != 2)
            throw Misfit(node, $"it multiplies matrices, not {Text(a)} and {Text(b)}");
        var (rows, inner) = node.Int("transA", 0) != 0 ? (a[1], a[0]) : (a[0], a[1]);
        var (innerB, columns) = node.Int("transB", 0) != 0 ? (b[1], b[0]) : (b[0], b[1]);
        if (inner != innerB)
            throw Misfit(node, $"its weights {Text(b)} do not fit its input {Text(a)}");
        if (c is not null && !Broadcast(node, [rows, columns], c).AsSpan().SequenceEqual([rows, columns]))
            throw Misfit(node, $"its bias {Text(c)} does not fit its result {Text([rows, columns])}");
        return [rows, columns];
    }

    private static long[] MatMul(OnnxNode node, long[] a, long[] b) =>
        a.Length >= 2 && b.Length == 2 && a[^1] == b[0]
            ? [.. a[..^1], b[1]]
            : throw Misfit(node, $"{Text(a)} and {Text(b)} cannot be multiplied (the right side must be a matrix)");

    private static long[] Broadcast(OnnxNode node, long[] a, long[] b)
    {
        var shape = new long[Math.Max(a.Length, b.Length)];
        for (var i = 1; i <= shape.Length; i++)
        {
            var (x, y) = (i <= a.Length ? a[^i] : 1, i <= b.Length ? b[^i] : 1);
            if (x != y && x != 1 && y != 1)
                throw Misfit(node, $"{Text(a)} and {Text(b)} do not fit each other");
            shape[^i] = Math.Max(x, y);
        }

        return shape;
    }

    private static long[] Normalization(OnnxNode node, long[] input, Dictionary<string, long[]> shapes)
    {
        foreach (var name in node.Inputs.Skip(1).Take(4))
            if (input.Length < 2 || shapes.GetValueOrDefault(name) is not [var length] || length != input[1])
                throw Misfit(node, $"'{name}' does not hold one number for each channel of {Text(input)}");
        return input;
    }

    /// <summary>The values of a constant of int64, from an initialiser or a Constant node; null when there is none.</summary>
    public static long[]? ConstantLongs(OnnxModel model, string name)
    {
        if (model.Initializer(name) is { Type: OnnxElementType.Int64 } tensor)
            return tensor.ToArray<long>();
        var node = model.Nodes.FirstOrDefault(n => n.Operator == "Constant" && n.Outputs.Contains(name));
        return node is not null && ConstantNodes.ValueOf(node) is { Type: OnnxElementType.Int64 } value ? value.ToArray<long>() : null;
    }

    private static long Product(long[] shape) => shape.Aggregate(1L, (product, length) => product * length);

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";

    private static OnnxException Misfit(OnnxNode node, string why) => new($"the node {node} does not fit: {why}.");
}
