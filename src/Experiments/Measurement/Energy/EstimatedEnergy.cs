using Grid.Experiments.Metrics;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement.Energy;

/// <summary>
/// Energy computed from a model's file: its arithmetic, in the precision it really runs in, and the bytes it moves, at the published costs
/// of <see cref="EnergyTable"/>. For machines without a meter, and for ranking models apart from any machine.
/// </summary>
/// <remarks>
/// What it assumes. Weights come from DRAM once per inference, as the file stores them, and are decoded as they arrive. (A runtime that
/// decodes them when it loads the model moves as many bytes as for float32; weights-only quantization saves energy only where it does
/// not.) Activations stay in caches; operands within a layer are reused perfectly. Control, leakage and idle cores cost nothing.
/// A pruned weight that is stored as a zero is moved and multiplied like any other: masks save nothing, channels taken out do.
/// </remarks>
public sealed class EstimatedEnergy : IInferenceEnergy
{
    private const string Unit = InferenceEnergy.Unit;

    /// <param name="layers">What the runtime executes in place of the layers; for those not among them, the file's types decide.</param>
    /// <returns>Joules at batch 1, estimated, its spread unknown; unavailable when the model has nodes whose shapes cannot be told.</returns>
    public static Metric PerInference(OnnxModel model, IReadOnlyList<LayerReport> layers)
    {
        IReadOnlyDictionary<string, long[]> shapes;
        try
        {
            shapes = ShapeInference.Of(model, batch: 1);
        }
        catch (OnnxException)
        {
            return Metric.Unavailable(Unit);
        }

        var execution = new Execution(model, layers);
        var joules = OperationCount.Of(model, execution, shapes).Joules + MemoryTraffic.Of(model, execution, shapes).Joules;
        return new Metric(joules, Unit, Provenance.Estimated);
    }

    InferenceEnergy IInferenceEnergy.PerInference(
        OnnxModel model, IReadOnlyList<LayerReport> layers, MeasureSettings settings, Action infer, CancellationToken cancellation) =>
        new(PerInference(model, layers), Metric.Unavailable(Unit), []);
}
