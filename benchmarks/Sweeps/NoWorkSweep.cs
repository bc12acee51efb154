using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Planning;
using Grid.Grains.Contracts;
using Grid.Silo.Slots;
using Grid.Silo.Telemetry;
using Grid.Tests;

namespace Grid.Benchmarks.Sweeps;

/// <summary>A sweep whose stages do no work, on an embedded grid with a fresh store on disk.</summary>
internal static class NoWorkSweep
{
    /// <summary>Runs ratios x rates trials: each ratio prunes once, each trial fine-tunes and is measured on its own.</summary>
    public static async Task<(Sweep Sweep, ExperimentView View, TimeSpan Time)> Run(
        int ratios, int rates, int slots, Func<StageKind, TimeSpan> duration, TelemetrySettings? telemetry = null)
    {
        var sweep = AnySweep.Of("no-work", ratios, rates);
        var run = await SweepRun.Of([sweep], new SlotOptions { Slots = slots, Executor = () => new NoWork(duration) }, telemetry: telemetry);
        return (sweep, run.Views[0], run.Time);
    }

    /// <summary>Seconds that all distinct stages take at least, when compute stages share the slots and measurements have the machine alone.</summary>
    public static double IdealSeconds(Sweep sweep, int slots, Func<StageKind, TimeSpan> duration) => StageTime.Total(
        SweepPlan.Of(sweep).DistinctStages, Enum.GetValues<StageKind>().ToDictionary(kind => kind, kind => duration(kind).TotalSeconds), slots)!.Value;
}
