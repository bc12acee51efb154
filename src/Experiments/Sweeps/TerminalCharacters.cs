using System.Globalization;

namespace Grid.Experiments.Sweeps;

/// <summary>Characters that a terminal does not show but obeys.</summary>
internal static class TerminalCharacters
{
    /// <summary>Controls, and the marks that turn the direction of what follows.</summary>
    public static bool Obeys(char character) => char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format;
}
