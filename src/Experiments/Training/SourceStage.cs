using Grid.Experiments.Models;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Training;

/// <summary>
/// The first model of a trial: a network of the zoo with weights drawn by seed, or the user's own file as all later stages expect it, with
/// a free batch, every weight among the initialisers and a name for each node.
/// </summary>
public sealed class SourceStage : IStage
{
    private const int ProblemsShown = 5;

    public StageKind Kind => StageKind.Source;

    public StageResult Run(StageContext context)
    {
        OnnxFile.Write(context.InputPath is { } path ? Import(path) : ModelZoo.Create(context.Settings.Text("zoo"), context.Seed), context.OutputPath);
        return StageResult.Empty;
    }

    /// <summary>Reads a user's own file.</summary>
    /// <exception cref="OnnxException">The file is not there or no sound model.</exception>
    /// <exception cref="StageException">Grid cannot train the model; the message names the nodes that keep it from it.</exception>
    internal static OnnxModel Import(string path)
    {
        var model = ConstantNodes.ToInitializers(OnnxFile.Read(path));
        if (TrainableOperators.Check(model) is { Count: > 0 } problems)
            throw new StageException(
                $"Grid cannot train this model: {string.Join(' ', problems.Take(ProblemsShown))}"
                + (problems.Count > ProblemsShown ? $" There are {problems.Count - ProblemsShown} more." : "")
                + $" It can train {string.Join(", ", TrainableOperators.Names)}.");
        return BatchDimension.Free(NodeNames.Complete(model));
    }
}
