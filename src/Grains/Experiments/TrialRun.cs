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
    public int Recoveries { get; private set; }

    /// <summary>What can be carried out now: the stage at its position; measurements need not wait for one another.</summary>
    public IEnumerable<StageSpec> Next => Stages[Position].Kind == StageKind.Measure
        ? Stages.Skip(Position).TakeWhile(s => s.Kind == StageKind.Measure)
        : [Stages[Position]];

    /// <summary>Whether a stage is its measurement on the first of the sweep's device classes.</summary>
    public bool IsFirstLeaf(StageSpec stage) => Stages.First(s => s.Kind == StageKind.Measure).Equals(stage);

    /// <summary>To a stage that must be done again. Does nothing when it is there already: another of its measurements found the same damage.</summary>
    public void GoBack(StageSpec maker)
    {
        var position = Stages.TakeWhile(s => !s.Equals(maker)).Count();
        if (position >= Position)
            return;
        Recoveries++;
        Position = position;
    }
}
