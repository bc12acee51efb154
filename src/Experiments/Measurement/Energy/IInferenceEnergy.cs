using Grid.Experiments.Metrics;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement.Energy;

/// <summary>
/// Finds out what one inference costs in energy. Counters of processors stand behind it as well as estimates: what a number is worth, its
/// provenance says.
/// </summary>
public interface IInferenceEnergy
{
    /// <param name="model">The exported model.</param>
    /// <param name="layers">What the runtime executes in place of its layers; empty when that is not known.</param>
    /// <param name="infer">Runs one inference at batch 1. What observes calls it as often as it needs; what computes, never.</param>
    InferenceEnergy PerInference(
        OnnxModel model, IReadOnlyList<LayerReport> layers, MeasureSettings settings, Action infer, CancellationToken cancellation);
}

/// <summary>The energy of one inference at batch 1, in joules.</summary>
/// <param name="Gross">
/// All that the meter counts while one inference after the other runs, with what an idle machine takes in that time.
/// <see cref="Metric.Unavailable"/>, never 0, when it cannot be told.
/// </param>
/// <param name="Net">The same without what the idle machine takes; unavailable from an estimate.</param>
/// <param name="Notes">Clauses for the user: which meter, and why there is no number.</param>
public sealed record InferenceEnergy(Metric Gross, Metric Net, IReadOnlyList<string> Notes)
{
    public const string Unit = "J";

    public static InferenceEnergy Unavailable(string why) => new(Metric.Unavailable(Unit), Metric.Unavailable(Unit), [$"no energy was measured: {why}"]);
}
