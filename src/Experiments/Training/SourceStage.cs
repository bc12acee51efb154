using Grid.Experiments.Models;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Models.Zoo;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Training;

/// <summary>The first model of a trial: a network of the zoo with weights drawn by seed, or the user's own file as Grid writes it.</summary>
public sealed class SourceStage : IStage
{
    public StageKind Kind => StageKind.Source;

    public StageResult Run(StageContext context)
    {
        var model = context.InputPath is { } path ? OnnxFile.Read(path) : ModelZoo.Create(context.Settings.Text("zoo"), context.Seed);
        if (TrainableOperators.Check(model) is { Count: > 0 } problems)
            throw new StageException(string.Join(" ", problems));
        OnnxFile.Write(model, context.OutputPath);
        return StageResult.Empty;
    }
}
