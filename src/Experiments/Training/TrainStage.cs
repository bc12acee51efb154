using Grid.Experiments.Metrics;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;
using Grid.Experiments.Training.Checkpoints;

namespace Grid.Experiments.Training;

/// <summary>Trains the model it reads on the training split; see <see cref="TrainingSettings"/>. Fine-tuning is the same after compression.</summary>
public class TrainStage : IStage
{
    public virtual StageKind Kind => StageKind.Train;

    public StageResult Run(StageContext context)
    {
        var settings = TrainingSettings.From(context.Settings);
        var data = context.Data();
        var checkpoints = new TrainingCheckpoints(context.Checkpoints);
        var (model, loss) = TrainingLoop.Run(
            OnnxFile.Read(context.InputPath!), data.Train, data.Classes, settings, context.Seed, checkpoints, context.Report, context.Cancellation);
        OnnxFile.Write(model, context.OutputPath);
        var note = settings.Epochs == 0
            ? "no epochs: the weights are as they came"
            : $"{settings.Epochs} {(settings.Epochs == 1 ? "epoch" : "epochs")} over {data.Train.Count} images, mean loss of the last {loss:0.0000}";
        var kind = Kind.ToString().ToLowerInvariant();
        return new StageResult(new Dictionary<string, Metric>(), [.. checkpoints.Notes.Prepend(note).Select(text => $"{kind}: {text}")], []);
    }
}

/// <summary>Trains a compressed model on; zeros that pruning made stay zero.</summary>
public sealed class FineTuneStage : TrainStage
{
    public override StageKind Kind => StageKind.FineTune;
}
