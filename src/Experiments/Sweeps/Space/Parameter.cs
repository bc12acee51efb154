using Grid.Experiments.Stages;

namespace Grid.Experiments.Sweeps.Space;

/// <summary>One thing a sweep file can set or sweep.</summary>
/// <param name="Key">Stage and name, e.g. "prune.ratio".</param>
/// <param name="Stage">The stage that reads it.</param>
/// <param name="Default">The value, in canonical spelling, when the file gives none.</param>
/// <param name="Description">One line for people, also shown by editors.</param>
public sealed record Parameter(string Key, StageKind Stage, ValueRule Rule, string Default, string Description)
{
    /// <summary>The key without its stage: as stages know it.</summary>
    public string Name { get; } = Key[(Key.IndexOf('.') + 1)..];

    /// <summary>The value with which the whole stage does nothing and is left out; null when there is none.</summary>
    public string? Off { get; init; }

    /// <summary>When it means anything, given that its stage is not off; null for always.</summary>
    public Condition? Needs { get; init; }

    /// <summary>Gives equal meaning one spelling: the value that another stands for beside the stage's other values (by name).</summary>
    public Func<string, IReadOnlyDictionary<string, string>, string>? Resolve { get; init; }
}

/// <summary>A condition on the other values of a stage.</summary>
/// <param name="Text">In words, to follow "only with", e.g. "quantize.scheme static".</param>
/// <param name="Holds">Reads the stage's values by name, without the stage; names that mean nothing may be missing.</param>
public sealed record Condition(string Text, Func<IReadOnlyDictionary<string, string>, bool> Holds)
{
    /// <summary>True when a value of the stage is that one.</summary>
    public static Condition Is(StageKind stage, string name, string value) =>
        new($"{ParameterCatalog.Prefix(stage)}.{name} {value}", values => values.GetValueOrDefault(name) == value);
}
