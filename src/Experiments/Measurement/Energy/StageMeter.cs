using Grid.Experiments.Measurement.Energy.Meters;
using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Measurement.Energy;

/// <summary>
/// What stages themselves take, by the meters of this machine: the process' share of the processors, and the accelerator that it holds. Where
/// nothing counts the processors, processor time at the watts that somebody gave for a core, which is an estimate.
/// </summary>
/// <param name="accelerated">Whether this process computes on an accelerator, which then is on its account also while it idles.</param>
public sealed class StageMeter(MachineMeters machine, ProcessorTime time, bool accelerated)
{
    /// <summary>Begins to count; dispose of the answer when the stage has ended.</summary>
    public RunningStage Begin() => new(machine, time, accelerated);

    /// <summary>A stage whose energy is being counted.</summary>
    public sealed class RunningStage : IDisposable
    {
        private readonly MachineMeters machine;
        private readonly ProcessorTime time;
        private readonly List<IEnergyMeter> meters = [];
        private readonly List<EnergyWindow> windows = [];
        private readonly TimeSpan begun;
        private readonly string? noProcessors;
        private string? why;

        internal RunningStage(MachineMeters machine, ProcessorTime time, bool accelerated)
        {
            (this.machine, this.time, begun) = (machine, time, time.Read().Own);
            if (machine.OpenProcessors(out noProcessors) is { } processors)
                meters.Add(processors);
            if (accelerated && machine.OpenAccelerator(out _) is { } accelerator)
                meters.Add(accelerator);
            Try(() => windows.AddRange(meters.Select(meter => new EnergyWindow(meter, time))));
        }

        /// <summary>What it has taken until now.</summary>
        public StageCost Cost()
        {
            var parts = new List<Metric>();
            Try(() => parts.AddRange(windows.Select(w => w.Use()).Select(use => new Metric(use.Joules, InferenceEnergy.Unit, use.Provenance))));
            if (why is not null)
                return StageCost.Unavailable(why);
            var names = meters.Select(m => m.Name).ToList();
            if (noProcessors is not null && machine.CoreWatts is { } watts)
            {
                parts.Add(new Metric((time.Read().Own - begun).TotalSeconds * watts, InferenceEnergy.Unit, Provenance.Estimated));
                names.Add(MachineMeters.CoreWattsName);
            }
            return parts.Count == 0
                ? StageCost.Unavailable(noProcessors!)
                : new StageCost(new Metric(parts.Sum(p => p.Value), InferenceEnergy.Unit, parts.Max(p => p.Provenance)), string.Join(" and ", names), null);
        }

        public void Dispose() => meters.ForEach(meter => meter.Dispose());

        private void Try(Action read)
        {
            try
            {
                read();
            }
            catch (MeterException e)
            {
                why ??= e.Message;
            }
        }
    }
}
