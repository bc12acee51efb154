using System.Globalization;
using System.Text.Json.Nodes;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Sweeps.Space;

/// <summary>What a value may be: how it is checked, spelled, told to a user and written into the JSON schema.</summary>
public abstract record ValueRule
{
    /// <summary>In words, to follow "accepted:".</summary>
    public abstract string Accepted { get; }

    /// <summary>The canonical spelling of a value as it stands in a file; null when it is not accepted.</summary>
    /// <param name="quoted">Whether it stood in quotes, which makes it a word even if it looks like a number.</param>
    public abstract string? Spell(string text, bool quoted);

    public abstract JsonObject Schema();
}

/// <summary>One of a few words.</summary>
public sealed record WordRule(params IReadOnlyList<string> Words) : ValueRule
{
    public override string Accepted => string.Join(", ", Words.SkipLast(1)) + (Words.Count > 1 ? " or " : "") + Words[^1];

    public override string? Spell(string text, bool quoted) => Words.Contains(text) ? text : null;

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. Words.Select(w => JsonValue.Create(w))]) };
}

/// <summary>true or false.</summary>
public sealed record FlagRule : ValueRule
{
    public override string Accepted => "true or false";

    public override string? Spell(string text, bool quoted) => !quoted && text is "true" or "false" ? text : null;

    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}

/// <summary>A number within limits, or a word that stands for none.</summary>
public sealed record NumberRule(double Minimum, double Maximum) : ValueRule
{
    public bool Whole { get; init; }

    /// <summary>The minimum itself is not accepted.</summary>
    public bool AboveMinimum { get; init; }

    /// <summary>The maximum itself is not accepted.</summary>
    public bool BelowMaximum { get; init; }

    /// <summary>A word accepted in place of a number, such as "auto".</summary>
    public string? Word { get; init; }

    public override string Accepted =>
        (Word is null ? "" : $"{Word} or ")
        + (Whole ? "a whole number " : "a number ")
        + (AboveMinimum ? "above " : "from ") + StageSettings.Spell(Minimum)
        + (BelowMaximum ? " to below " : " to ") + StageSettings.Spell(Maximum);

    public override string? Spell(string text, bool quoted)
    {
        if (text == Word)
            return text;
        return !quoted && TryParse(text, out var number) && Allows(number) ? StageSettings.Spell(number) : null;
    }

    public bool Allows(double number) =>
        (AboveMinimum ? number > Minimum : number >= Minimum)
        && (BelowMaximum ? number < Maximum : number <= Maximum)
        && (!Whole || number == Math.Floor(number));

    public override JsonObject Schema()
    {
        var number = new JsonObject
        {
            ["type"] = Whole ? "integer" : "number",
            [AboveMinimum ? "exclusiveMinimum" : "minimum"] = Minimum,
            [BelowMaximum ? "exclusiveMaximum" : "maximum"] = Maximum,
        };
        return Word is null ? number : new JsonObject { ["anyOf"] = new JsonArray(new WordRule(Word).Schema(), number) };
    }

    /// <summary>Reads a finite decimal number; hexadecimal, thousands separators, NaN and infinity are none.</summary>
    public static bool TryParse(string text, out double number)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var parsed = double.TryParse(text, style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
        number += 0.0; // One spelling of zero: -0 becomes 0.
        return parsed;
    }
}
