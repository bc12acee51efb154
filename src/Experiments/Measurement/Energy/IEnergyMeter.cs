using Grid.Experiments.Metrics;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement.Energy;

/// <summary>
/// Finds out what one inference costs in energy. Counters of processors and accelerators stand behind it as well as estimates: what a
/// number is worth, its provenance says.
/// </summary>
public interface IEnergyMeter
{
    /// <param name="model">The exported model.</param>
    /// <param name="layers">What the runtime executes in place of its layers; empty when that is not known.</param>
    /// <param name="infer">Runs one inference at batch 1. A meter that observes calls it as often as it needs; one that computes, never.</param>
    /// <returns>
    /// Joules of one inference at batch 1, with the provenance that the meter can honestly claim; <see cref="Metric.Unavailable"/>, never 0,
    /// when it cannot tell.
    /// </returns>
    Metric PerInference(OnnxModel model, IReadOnlyList<LayerReport> layers, Action infer);
}
