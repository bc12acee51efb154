using Grid.Experiments.Sweeps.Files.Yaml;
using Grid.Experiments.Sweeps.Space;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>Single values of a sweep file.</summary>
internal static class ValueReader
{
    /// <summary>The canonical spelling; null, with an error, when the value is not accepted.</summary>
    /// <param name="hint">What to say first about a list or a mapping.</param>
    public static string? Value(YamlItem item, string key, ValueRule rule, SweepErrors errors, string hint = "")
    {
        if (item is YamlScalar scalar && rule.Spell(scalar.Text, scalar.Quoted) is { } value)
            return value;
        errors.Add(item, key, $"{(item is YamlScalar given ? Guess(given, rule) : hint)}accepted: {rule.Accepted}.");
        return null;
    }

    /// <summary>The items of a list of at least one; null, with an error, when it is something else.</summary>
    public static IReadOnlyList<YamlItem>? List(YamlItem item, string key, string accepted, SweepErrors errors, bool canBeEmpty = false)
    {
        if (item is YamlList list && (list.Items.Count > 0 || canBeEmpty))
            return list.Items;
        errors.Add(item, key, $"accepted: {accepted}.");
        return null;
    }

    private static string Guess(YamlScalar scalar, ValueRule rule) => rule switch
    {
        WordRule words => NearWord.Question(scalar.Text, words.Words),
        NumberRule or FlagRule when scalar.Quoted && rule.Spell(scalar.Text, false) is not null => "the quotes make it a text; ",
        NumberRule { Word: { } word } => NearWord.Question(scalar.Text, [word]),
        TextRule when !scalar.Quoted && rule.Spell(scalar.Text, true) is not null => "without quotes it is no text; ",
        _ => "",
    };
}
