using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;

namespace Grid.Grains.Experiments;

/// <summary>A trial on its way through its stages.</summary>
/// <param name="stages">In order; each reads what earlier ones made.</param>
/// <param name="tests">Whether it is a finished trial on its way to the test split, whose end is recorded already.</param>
internal sealed class TrialRun(int number, TrialConfiguration configuration, IReadOnlyList<StageSpec> stages, bool tests = false)
{
    public int Number { get; } = number;
    public TrialConfiguration Configuration { get; } = configuration;
    public IReadOnlyList<StageSpec> Stages { get; } = stages;
    public bool Tests { get; } = tests;

    /// <summary>Index of the stage it waits for.</summary>
    public int Position { get; set; }

    /// <summary>How often it went back because a model was damaged.</summary>
    public int Recoveries { get; set; }
}
