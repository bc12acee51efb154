using Grid.Experiments.Stages;

namespace Grid.Experiments.Sweeps;

/// <summary>What a sweep asks of the machines that carry it out: the pools that its stages belong to.</summary>
/// <param name="Train">cpu or cuda. Not part of a stage's key: a model is the same whatever trained it.</param>
/// <param name="Measure">Classes of machines to measure on, at least one and each once; what is shown is of the first unless somebody asks for another.</param>
public sealed record RunOn(string Train, IReadOnlyList<string> Measure)
{
    /// <summary>What one machine has by itself.</summary>
    public static RunOn Default { get; } = new(PoolNames.Cpu, [PoolNames.LocalDevice]);

    /// <summary>The pools, that of training first.</summary>
    public IReadOnlyList<string> Pools => [PoolNames.Train(Train), .. Measure.Select(PoolNames.Measure)];
}
