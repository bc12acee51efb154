using Grid.Experiments.Measurement.Accuracy;
using Grid.Experiments.Measurement.Energy;
using Grid.Experiments.Measurement.Kernels;
using Grid.Experiments.Measurement.Latency;
using Grid.Experiments.Measurement.Packing;
using Grid.Experiments.Measurement.Runtime;
using Grid.Experiments.Metrics;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement;

/// <summary>
/// Measures an exported model in the runtime it is deployed with: accuracy on the validation split, latency and throughput beside the
/// uncompressed reference, size, energy, and the kernel that runs in each layer's place. Wants the machine to itself.
/// </summary>
/// <param name="clock">Only its timestamps are read.</param>
/// <param name="processorTime">What this process has used of the processors so far.</param>
public sealed class MeasureStage(IInferenceEnergy energy, TimeProvider clock, Func<TimeSpan> processorTime) : IStage
{
    private const double AccuracyShare = 0.3;

    public StageKind Kind => StageKind.Measure;

    public StageResult Run(StageContext context)
    {
        var settings = MeasureSettings.From(context.Settings);
        var path = context.InputPath!;
        var model = OnnxFile.Read(path);
        var data = context.Data();
        var notes = new List<string>();
        var metrics = new Dictionary<string, Metric>();

        using var session = Load(path, model, settings.Threads, out var layers);
        notes.AddRange(LayerKernels.Notes(model, layers));

        var answers = Classification.Of(
            session, data.Validation, data.Classes, settings.Batch,
            share => context.Report(AccuracyShare * share, "accuracy"), context.Cancellation);
        metrics[MetricCatalog.Accuracy] = answers.Accuracy;
        notes.AddRange(answers.Notes);

        var speed = new SpeedMeter(settings, clock, processorTime).Measure(
            path, context.ReferencePath!, data.Validation,
            share => context.Report(AccuracyShare + ((1 - AccuracyShare) * share), "latency"), context.Cancellation);
        foreach (var (name, metric) in speed.Metrics)
            metrics[name] = metric;
        notes.AddRange(speed.Notes);
        if (session.FixedBatch is { } batch)
            notes.Add($"the file fixes its batch at {batch}: throughput was measured so, not at {settings.Batch}");

        metrics[MetricCatalog.Size] = Metric.Exact(new FileInfo(path).Length, "By");
        metrics[MetricCatalog.PackedSize] = Metric.Exact(ModelPack.PackedSize(path), "By");
        using var single = SpeedMeter.Filled(session, 1, data.Validation);
        var joules = energy.PerInference(model, layers, settings, single.Run, context.Cancellation);
        metrics[MetricCatalog.Energy] = joules.Gross;
        metrics[MetricCatalog.NetEnergy] = joules.Net;
        notes.AddRange(joules.Notes);
        return new StageResult(metrics, [.. notes.Select(note => $"measure: {note}")], layers);
    }

    /// <summary>Loads the model and reads back the graph that the runtime made of it.</summary>
    private static RuntimeSession Load(string path, OnnxModel model, int threads, out IReadOnlyList<LayerReport> layers)
    {
        var folder = Directory.CreateTempSubdirectory("grid-measure-");
        try
        {
            var optimized = Path.Combine(folder.FullName, "optimized.onnx");
            var session = RuntimeSession.Open(path, threads, optimized);
            layers = LayerKernels.Of(model, OnnxFile.Read(optimized));
            return session;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
