using Grid.Experiments.Metrics;
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
        if (ratio is not (>= 0 and < 1))
            throw new StageSettingsException($"The setting 'ratio' is '{ratio}'; it is a share from 0 to below 1.");
        var global = context.Settings.Word("scope", "layer", "global") == "global";
        var method = context.Settings.Word("method", "magnitude", "channel");
        var model = OnnxFile.Read(context.InputPath!);
        var (pruned, notes) = method == "channel" ? ChannelPruning.Prune(model, ratio, global) : MagnitudePruning.Prune(model, ratio, global);
        OnnxFile.Write(pruned, context.OutputPath);
        return new StageResult(new Dictionary<string, Metric>(), notes, []);
    }
}
