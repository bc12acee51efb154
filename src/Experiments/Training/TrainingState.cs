using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Torch;
using Grid.Experiments.Stages;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Grid.Experiments.Training;

/// <summary>What changes while a model is trained: its weights, and what the optimizer remembers of their gradients.</summary>
internal sealed class TrainingState : IDisposable
{
    private readonly OnnxModel model;
    private readonly TrainableGraph graph;
    private readonly PrunedWeights pruned;
    private readonly OptimizerHelper optimizer;

    /// <exception cref="StageException">The model has no weights.</exception>
    /// <exception cref="StageSettingsException">There is no such optimizer.</exception>
    public TrainingState(OnnxModel model, TrainingSettings settings)
    {
        this.model = model;
        graph = new TrainableGraph(ProbabilityHead.Without(model));
        pruned = new PrunedWeights(model, graph);
        optimizer = Optimizer(settings, graph);
    }

    /// <summary>Epochs this state has behind it.</summary>
    public int EpochsDone { get; set; }

    /// <summary>The model with the weights as they are now.</summary>
    public OnnxModel Model => model with { Initializers = graph.ToModel().Initializers };

    /// <summary>Takes one step.</summary>
    /// <param name="images">float32, 0 to 1, batch x anything that has as many elements as the model's input.</param>
    /// <returns>The mean loss of the batch before the step; it and whatever lies between belong to the caller's dispose scope.</returns>
    public Tensor Step(Tensor images, Tensor labels, double learningRate)
    {
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = learningRate;
        var loss = nn.functional.cross_entropy(graph.Forward(images), labels);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        pruned.Restore();
        return loss;
    }

    public void Save(BinaryWriter writer)
    {
        foreach (var weight in graph.Parameters.Values)
            weight.Save(writer);
        optimizer.save_state_dict(writer);
    }

    /// <exception cref="ArgumentException">It is the state of another model; this one is then of no use.</exception>
    public void Load(BinaryReader reader)
    {
        foreach (var weight in graph.Parameters.Values)
        {
            weight.Load(reader);
            // Torch adds to a gradient that is there and moves in one that is not: the difference between 0 and -0.
            weight.grad = zeros_like(weight);
        }
        optimizer.load_state_dict(reader);
    }

    public void Dispose()
    {
        optimizer.Dispose();
        pruned.Dispose();
        graph.Dispose();
    }

    private static OptimizerHelper Optimizer(TrainingSettings settings, TrainableGraph graph)
    {
        if (graph.Parameters.Count == 0)
            throw new StageException("the model has no weights to train.");
        return settings.Optimizer switch
        {
            "adam" => optim.Adam(graph.Parameters.Values, settings.LearningRate, weight_decay: settings.WeightDecay),
            "sgd" => optim.SGD(graph.Parameters.Values, settings.LearningRate, settings.Momentum, weight_decay: settings.WeightDecay),
            _ => throw new StageSettingsException($"There is no optimizer '{settings.Optimizer}'; there are adam and sgd."),
        };
    }
}
