using Grid.Experiments.Measurement;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Compression.Pruning;

/// <summary>
/// Removes a share of a model's weights. magnitude: sets the smallest to zero, which makes the packed file smaller and nothing faster.
/// channel: takes whole filters and neurons out, which makes everything smaller and faster.
/// </summary>
public sealed class PruneStage : IStage
{
    public StageKind Kind => StageKind.Prune;

    public StageResult Run(StageContext context)
    {
        var ratio = context.Settings.Number("ratio");
        var global = context.Settings.Text("scope", "layer") == "global";
        var model = OnnxFile.Read(context.InputPath!);
        var method = context.Settings.Text("method");
        var (pruned, notes) = method switch
        {
            "magnitude" => MagnitudePruning.Prune(model, ratio, global),
            "channel" => ChannelPruning.Prune(model, ratio, global),
            _ => throw new StageSettingsException($"There is no pruning method '{method}'; there are magnitude and channel."),
        };
        OnnxFile.Write(pruned, context.OutputPath);
        return new StageResult(new Dictionary<string, Metric>(), notes, []);
    }
}
