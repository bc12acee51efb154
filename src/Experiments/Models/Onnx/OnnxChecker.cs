namespace Grid.Experiments.Models.Onnx;

/// <summary>
/// What every model must satisfy before Grid works with it: whole tensors, names that are defined once, no cycle, one input and one
/// output whose only free dimension is the batch.
/// </summary>
public static class OnnxChecker
{
    /// <returns>The model with its nodes in topological order.</returns>
    /// <exception cref="OnnxException">It is not sound; the message names what and where.</exception>
    public static OnnxModel Check(OnnxModel model)
    {
        if (model.Opset <= 0)
            throw new OnnxException("it names no version of the operator set (opset_import).");
        if (model.Nodes.Count == 0)
            throw new OnnxException("its graph has no nodes.");
        for (var i = 0; i < model.Nodes.Count; i++)
            if (model.Nodes[i] is not { Operator.Length: > 0, Outputs: [{ Length: > 0 }, ..] })
                throw new OnnxException($"node {i} of its graph has no operator or no output.");
        foreach (var tensor in model.Initializers)
            Check(tensor);
        foreach (var tensor in model.Nodes.SelectMany(n => n.Attributes).Select(a => a.Tensor).OfType<OnnxTensor>())
            Check(tensor);
        if (model.Inputs.Count != 1 || model.Outputs.Count != 1)
            throw new OnnxException($"it has {model.Inputs.Count} inputs and {model.Outputs.Count} outputs; Grid works with one of each.");
        CheckShape(model.Inputs[0]);
        return Sorted(model);
    }

    /// <summary>Bytes of one element.</summary>
    /// <exception cref="OnnxException">A type Grid does not know.</exception>
    public static int SizeOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Int8 or OnnxElementType.UInt8 or OnnxElementType.Bool => 1,
        OnnxElementType.Int16 or OnnxElementType.UInt16 or OnnxElementType.Float16 => 2,
        OnnxElementType.Float or OnnxElementType.Int32 => 4,
        OnnxElementType.Int64 or OnnxElementType.Double => 8,
        _ => throw new OnnxException($"it uses the element type {(int)type}, which Grid does not know."),
    };

    private static void Check(OnnxTensor tensor)
    {
        var bytes = (long)SizeOf(tensor.Type);
        foreach (var length in tensor.Shape)
        {
            if (length < 0 || (length > 0 && bytes > int.MaxValue / length))
                throw new OnnxException($"the tensor '{tensor.Name}' has the impossible shape [{string.Join(", ", tensor.Shape)}].");
            bytes *= length;
        }

        if (bytes != tensor.Data.Length)
            throw new OnnxException(
                $"the tensor '{tensor.Name}' of shape [{string.Join(", ", tensor.Shape)}] should hold {bytes} bytes but holds {tensor.Data.Length}.");
    }

    private static void CheckShape(OnnxValue input)
    {
        if (input.Type != OnnxElementType.Float)
            throw new OnnxException($"its input '{input.Name}' is {input.Type}; Grid feeds float32.");
        if (input.Shape.Count == 0)
            throw new OnnxException($"its input '{input.Name}' has no shape: export it with fixed dimensions but for the batch.");
        for (var i = 1; i < input.Shape.Count; i++)
            if (input.Shape[i].Length is not > 0)
                throw new OnnxException(
                    $"dimension {i} of its input '{input.Name}' is {input.Shape[i].Name ?? "free"}: only the first, the batch, may be free.");
    }

    /// <summary>Kahn's algorithm; among nodes that are ready, the order of the file.</summary>
    private static OnnxModel Sorted(OnnxModel model)
    {
        var known = new HashSet<string>(model.Inputs.Select(i => i.Name)) { "" };
        foreach (var tensor in model.Initializers)
            if (!known.Add(tensor.Name))
                throw new OnnxException($"the name '{tensor.Name}' is defined twice.");
        var produced = new HashSet<string>();
        foreach (var name in model.Nodes.SelectMany(n => n.Outputs).Where(o => o.Length > 0))
            if (!produced.Add(name) || known.Contains(name))
                throw new OnnxException($"the name '{name}' is defined twice.");
        foreach (var node in model.Nodes)
            if (node.Inputs.FirstOrDefault(i => !known.Contains(i) && !produced.Contains(i)) is { } missing)
                throw new OnnxException($"the node {node} reads '{missing}', which nothing produces.");
        foreach (var output in model.Outputs)
            if (!produced.Contains(output.Name) && !known.Contains(output.Name))
                throw new OnnxException($"nothing produces the output '{output.Name}'.");
        return model with { Nodes = Order(model.Nodes, known) };
    }

    private static List<OnnxNode> Order(IReadOnlyList<OnnxNode> nodes, HashSet<string> known)
    {
        var consumers = new Dictionary<string, List<int>>();
        var missing = new int[nodes.Count];
        var ready = new PriorityQueue<int, int>();
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var input in nodes[i].Inputs.Where(input => !known.Contains(input)).Distinct())
            {
                missing[i]++;
                if (!consumers.TryGetValue(input, out var list))
                    consumers[input] = list = [];
                list.Add(i);
            }

            if (missing[i] == 0)
                ready.Enqueue(i, i);
        }

        var order = new List<OnnxNode>();
        while (ready.TryDequeue(out var i, out _))
        {
            order.Add(nodes[i]);
            foreach (var consumer in nodes[i].Outputs.SelectMany(o => consumers.GetValueOrDefault(o) ?? []))
                if (--missing[consumer] == 0)
                    ready.Enqueue(consumer, consumer);
        }

        if (order.Count < nodes.Count)
            throw new OnnxException($"its graph has a cycle through the node {nodes[Array.FindIndex(missing, m => m > 0)]}.");
        return order;
    }
}
