using Grid.Silo.Runners;

namespace Grid.Silo.Slots;

/// <summary>What this silo offers to the pools.</summary>
public sealed record SlotOptions
{
    /// <summary>Stages computed at once; each slot has a runner process of its own.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>Makes what a slot carries out stages with; a runner process unless told.</summary>
    public Func<IStageExecutor> Executor { get; init; } = () => new RunnerProcess();

    /// <summary>How long slots go on computing while a measurement waits for the machine.</summary>
    public TimeSpan ComputingPhase { get; init; } = TimeSpan.FromSeconds(15);
}
