using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>A key of a sweep file that takes one value.</summary>
/// <param name="Default">The value when the file gives none; null when that has a meaning of its own.</param>
/// <param name="Description">One line for people, also shown by editors.</param>
internal sealed record FileSetting(string Name, ValueRule Rule, string? Default, string Description)
{
    public static FileSetting Of(Parameter parameter) => new(parameter.Name, parameter.Rule, parameter.Default, parameter.Description);
}
