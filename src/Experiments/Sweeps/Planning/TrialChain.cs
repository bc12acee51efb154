using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Planning;

/// <summary>The stages of one trial, known before anything runs.</summary>
/// <param name="Stages">
/// Source, then those of train, prune, finetune and quantize that the trial really has, in the order of the sweep's pipeline, then
/// the measurements, one for each of the sweep's device classes. Each reads the model of the one before it, and the measurements all
/// that of the last which makes one.
/// </param>
/// <param name="Test">The test stage of the measured model, which runs only if the trial ends on the frontier.</param>
public sealed record TrialChain(IReadOnlyList<StageSpec> Stages, StageSpec Test)
{
    /// <summary>The measurements, in the order of the sweep's device classes.</summary>
    public IReadOnlyList<StageSpec> Leaves => [.. Stages.SkipWhile(s => s.Kind != StageKind.Measure)];

    /// <summary>The chain of a configuration the sweep's strategy asked for, or of a reference.</summary>
    public static TrialChain Of(Sweep sweep, TrialConfiguration configuration) => new ChainBuilder(sweep).Build(configuration);

    /// <summary>
    /// The uncompressed model that the trials of a seed are compared with: every compression stage left out, what is swept in
    /// training at its first value.
    /// </summary>
    public static TrialConfiguration Reference(Sweep sweep, long seed) => new(new SearchSpace(sweep).Reference(), seed);
}
