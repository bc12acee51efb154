using Grid.Experiments.Models.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Grid.Experiments.Models.Torch;

/// <summary>
/// An ONNX model that TorchSharp executes node by node, so that its weights can be trained. The graph is turned into a list of steps
/// once; a pass only walks the list. Not thread-safe; run it inside a dispose scope, which frees what lies between input and output.
/// </summary>
public sealed class TrainableGraph : IDisposable
{
    private readonly OnnxModel model;
    private readonly long[] inputShape;
    private readonly string[] names;
    private readonly Tensor?[] constants;
    private readonly GraphStep[] steps;
    private readonly int input;
    private readonly int output;
    private readonly SortedDictionary<string, Parameter> parameters = new(StringComparer.Ordinal);

    // Sums in torch depend on the number of threads, and that is one setting for the process: with one, a model comes out the same bit by
    // bit however many cores there are. A machine is filled by several runner processes instead.
    static TrainableGraph() => set_num_threads(1);

    /// <exception cref="OnnxException">An operator cannot be trained, or shapes do not fit; checked before anything is executed, because
    /// some mistakes end the process inside torch.</exception>
    public TrainableGraph(OnnxModel model)
    {
        if (TrainableOperators.Check(model) is [var problem, ..])
            throw new OnnxException(problem);
        this.model = model;
        var slots = new Dictionary<string, int>();
        var values = new List<Tensor?>();
        var trainable = TrainableWeights.Of(model);
        foreach (var tensor in model.Initializers)
            values.Add(Constant(slots, tensor.Name, tensor, trainable.Contains(tensor.Name)));
        inputShape = [-1, .. model.Inputs[0].Shape.Skip(1).Select(d => d.Length!.Value)];
        input = Slot(slots, values, model.Inputs[0].Name);
        var list = new List<GraphStep>();
        foreach (var node in model.Nodes)
        {
            if (ConstantNodes.ValueOf(node) is { } constant)
            {
                values.Add(Constant(slots, node.Outputs[0], constant, isTrainable: false));
                continue;
            }

            var sources = node.Inputs.Select(i => i.Length == 0 ? -1 : slots[i]).ToArray();
            list.Add(new GraphStep(GraphSteps.Compile(node, model), sources, Slot(slots, values, node.Outputs[0])));
        }

        steps = [.. list];
        constants = [.. values];
        names = [.. slots.OrderBy(s => s.Value).Select(s => s.Key)];
        output = slots[model.Outputs[0].Name];
    }

    /// <summary>What training changes, by initialiser; see <see cref="TrainableWeights"/>.</summary>
    public IReadOnlyDictionary<string, Parameter> Parameters => parameters;

    /// <param name="images">float32, batch x anything that has as many elements as the model's input.</param>
    /// <param name="observe">Told every tensor the pass makes, by name, the input first.</param>
    /// <returns>The model's output, batch x classes for a classifier.</returns>
    public Tensor Forward(Tensor images, Action<string, Tensor>? observe = null)
    {
        var values = (Tensor?[])constants.Clone();
        values[input] = images.shape.AsSpan(1).SequenceEqual(inputShape.AsSpan(1)) ? images : images.reshape(inputShape);
        observe?.Invoke(names[input], values[input]!);
        foreach (var step in steps)
        {
            var result = step.Run(values);
            values[step.Target] = result;
            observe?.Invoke(names[step.Target], result);
        }

        return values[output]!;
    }

    /// <summary>The model with the weights as they are now.</summary>
    public OnnxModel ToModel() => model with
    {
        Initializers = [.. model.Initializers.Select(t => parameters.TryGetValue(t.Name, out var now) ? Tensors.FromTorch(t.Name, now) : t)],
    };

    public void Dispose()
    {
        foreach (var constant in constants)
            constant?.Dispose();
    }

    private Tensor Constant(Dictionary<string, int> slots, string name, OnnxTensor tensor, bool isTrainable)
    {
        slots[name] = slots.Count;
        var value = Tensors.ToTorch(tensor);
        if (isTrainable)
            value = parameters[name] = nn.Parameter(value);
        // Outlives the scope of whoever builds the graph.
        return value.DetachFromDisposeScope();
    }

    private static int Slot(Dictionary<string, int> slots, List<Tensor?> values, string name)
    {
        values.Add(null);
        return slots[name] = slots.Count;
    }
}

/// <summary>One node, compiled: where its inputs are, where its output goes.</summary>
internal readonly record struct GraphStep(Func<Tensor?[], int[], Tensor> Operation, int[] Sources, int Target)
{
    public Tensor Run(Tensor?[] values) => Operation(values, Sources);
}
