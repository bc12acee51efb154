using Grid.Experiments.Measurement.Accuracy;
using Grid.Experiments.Measurement.Runtime;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement;

/// <summary>
/// Measures the accuracy of an exported model on the test split. It runs once, for a model that was chosen on the validation split, and
/// nothing is chosen by its result.
/// </summary>
public sealed class TestStage : IStage
{
    public StageKind Kind => StageKind.Test;

    public StageResult Run(StageContext context)
    {
        var settings = MeasureSettings.From(context.Settings);
        var data = context.Data();
        using var session = RuntimeSession.Open(context.InputPath!, settings.Threads);
        var answers = Classification.Of(
            session, data.Test, data.Classes, settings.Batch, share => context.Report(share, "test accuracy"), context.Cancellation);
        return new StageResult(
            new Dictionary<string, Metric> { [MetricCatalog.TestAccuracy] = answers.Accuracy }, [.. answers.Notes.Select(note => $"test: {note}")], []);
    }
}
