using Grid.Experiments.Stages;
using Grid.Silo.Runners;

namespace Grid.Silo.Slots;

/// <summary>What this silo offers to the pools.</summary>
public sealed record SlotOptions
{
    /// <summary>Stages computed at once; each slot has a runner process of its own.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>The pool that slots compute for; null for none.</summary>
    public string? TrainPool { get; init; } = PoolNames.Train("cpu");

    /// <summary>The pool that this machine measures for; null for none.</summary>
    public string? MeasurePool { get; init; } = PoolNames.Measure(PoolNames.LocalDevice);

    /// <summary>What running stages get to end when the silo is told to stop; what has not ended then is killed and given back.</summary>
    public TimeSpan DrainTime { get; init; }

    /// <summary>Makes what a slot carries out stages with; a runner process unless told.</summary>
    public Func<IStageExecutor> Executor { get; init; } = () => new RunnerProcess();

    /// <summary>Least time between two checkpoints of a training, which are kept for another attempt to go on from.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long slots go on computing while a measurement waits for the machine.</summary>
    public TimeSpan ComputingPhase { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The pools that this silo takes work from.</summary>
    public IReadOnlyList<string> Pools => [.. new[] { TrainPool, MeasurePool }.OfType<string>()];
}
