using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>A text of a certain form.</summary>
/// <param name="Pattern">Regular expression of .NET and of JavaScript that the whole text must match.</param>
/// <param name="Form">In words, to follow "accepted:".</param>
internal sealed record TextRule(string Pattern, string Form) : ValueRule
{
    /// <summary>A decimal number that is finite as a double.</summary>
    public const string Number = @"[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][+-]?[0-9]{1,2})?";

    /// <summary>What YAML's core schema takes for null or a flag unless it is quoted.</summary>
    private static readonly string[] NoTexts = ["null", "Null", "NULL", "~", "true", "True", "TRUE", "false", "False", "FALSE"];

    public override string Accepted => Form;

    public override string? Spell(string text, bool quoted) =>
        (quoted || !(NumberRule.TryParse(text, out _) || NoTexts.Contains(text))) && Regex.IsMatch(text, $@"\A(?:{Pattern})\z", RegexOptions.CultureInvariant)
            ? text
            : null;

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = $"^(?:{Pattern})$" };
}
