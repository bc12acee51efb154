using Grid.Experiments.Models.Onnx;

namespace Grid.Experiments.Measurement.Kernels;

/// <summary>The tensors of an exported model by which a layer can be told from the others after optimisation.</summary>
internal sealed class LayerTraces
{
    /// <summary>A convolution in blocked layout is named after the tensor that it made before.</summary>
    private const string Blocked = "_nchwc";

    private readonly OnnxModel model;
    private readonly Dictionary<string, OnnxNode> makers;
    private readonly ILookup<string, OnnxNode> readers;
    private readonly HashSet<string> constants;
    private readonly Dictionary<OnnxNode, HashSet<string>> weights = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<OnnxNode, HashSet<string>> results = new(ReferenceEqualityComparer.Instance);

    public LayerTraces(OnnxModel model, IReadOnlyList<OnnxNode> layers)
    {
        this.model = model;
        makers = model.Nodes.SelectMany(n => n.Outputs.Where(o => o.Length > 0), (n, o) => (n, o)).ToDictionary(p => p.o, p => p.n);
        readers = model.Nodes.SelectMany(n => n.Inputs.Distinct(), (n, i) => (n, i)).ToLookup(p => p.i, p => p.n);
        constants = [.. model.Initializers.Select(t => t.Name)];
        foreach (var node in model.Nodes.Where(n => n.Inputs.All(i => i.Length == 0 || constants.Contains(i))))
            constants.UnionWith(node.Outputs);
        foreach (var layer in layers)
            (weights[layer], results[layer]) = (WeightsOf(layer), ResultsOf(layer, layers));
        var shared = weights.Values.SelectMany(names => names).GroupBy(name => name).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        foreach (var names in weights.Values)
            names.ExceptWith(shared);
    }

    /// <summary>Whether a kernel reads the weights of that layer and of no other, as stored or on their way to it.</summary>
    public bool Reads(OnnxNode layer, OnnxNode kernel) => kernel.Inputs.Any(weights[layer].Contains);

    /// <summary>Whether a kernel makes what that layer makes, or the nodes after it that are fused with it.</summary>
    public bool Makes(OnnxNode layer, OnnxNode kernel) =>
        kernel.Outputs.Append(kernel.Name.Split(Blocked)[0]).Any(results[layer].Contains);

    private HashSet<string> WeightsOf(OnnxNode layer)
    {
        var names = new HashSet<string>();
        var open = new Stack<string>(layer.Inputs.Skip(1).Where(constants.Contains));
        while (open.TryPop(out var name))
            if (names.Add(name) && makers.TryGetValue(name, out var maker))
                foreach (var input in maker.Inputs.Where(i => i.Length > 0))
                    open.Push(input);
        return names;
    }

    /// <summary>The output, and those of the nodes that follow in a chain up to the next layer or branch.</summary>
    private HashSet<string> ResultsOf(OnnxNode layer, IReadOnlyList<OnnxNode> layers)
    {
        var names = new HashSet<string> { layer.Outputs[0] };
        for (var name = layer.Outputs[0]; readers[name].ToList() is [var next] && !layers.Contains(next) && Inputs(next) == 1 && !IsOutput(name);)
            names.Add(name = next.Outputs[0]);
        return names;
    }

    private int Inputs(OnnxNode node) => node.Inputs.Count(i => i.Length > 0 && !constants.Contains(i));

    private bool IsOutput(string name) => model.Outputs.Any(o => o.Name == name);
}
