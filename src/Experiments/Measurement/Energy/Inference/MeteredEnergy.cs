using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Measurement.Latency;
using Grid.Experiments.Metrics;
using Grid.Experiments.Models.Onnx;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement.Energy.Inference;

/// <summary>
/// The energy of inference by this machine's meter of its processors, in as many sessions as latency is measured in; where there is none, what the
/// settings say. The caller has the machine to itself.
/// </summary>
/// <param name="rest">Does nothing for about that long.</param>
public sealed class MeteredEnergy(MachineMeters machine, ProcessorTime time, TimeProvider clock, Action<TimeSpan> rest) : IInferenceEnergy
{
    public InferenceEnergy PerInference(
        OnnxModel model, IReadOnlyList<LayerReport> layers, MeasureSettings settings, Action infer, CancellationToken cancellation)
    {
        if (settings.Energy == EnergySource.Estimate)
            return Estimate();
        using var meter = machine.OpenProcessors(out var why);
        if (meter is null)
            return settings.Energy == EnergySource.Meter ? InferenceEnergy.Unavailable(why!) : Estimate();
        try
        {
            var session = new EnergySession(new SteppedWindow(meter, time, clock), clock, rest);
            return Of(meter, [.. Enumerable.Range(0, settings.Sessions).Select(_ => session.Measure(settings.EnergyTime, infer, cancellation))]);
        }
        catch (MeterException e)
        {
            // No estimate in its place: it would stand beside the others' measurements.
            return InferenceEnergy.Unavailable(e.Message);
        }

        InferenceEnergy Estimate() => new(EstimatedEnergy.PerInference(model, layers), Metric.Unavailable(InferenceEnergy.Unit), []);
    }

    private static InferenceEnergy Of(IEnergyMeter meter, IReadOnlyList<SessionEnergy> sessions)
    {
        // The weakest of them speaks for all: the names stand in that order.
        var provenance = sessions.Max(s => s.Provenance);
        var notes = new List<string>
        {
            $"energy is that of {meter.Domains} by {meter.Name}, idle at {sessions.Average(s => s.IdleWatts):0.#} W",
        };
        if (provenance == Provenance.Attributed)
            notes.Add("other work ran while energy was measured, which is a share by processor time: measure again when the machine is quiet");
        return new InferenceEnergy(Around([.. sessions.Select(s => s.Gross)]), Around([.. sessions.Select(s => s.Net)]), notes);

        Metric Around(IReadOnlyList<double> values) => values.Any(v => v <= 0)
            // Smaller than the idle machine's own ups and downs.
            ? Metric.Unavailable(InferenceEnergy.Unit)
            : SessionSpread.Around(SessionSpread.GeometricMean(values), InferenceEnergy.Unit, values) with { Provenance = provenance };
    }
}
