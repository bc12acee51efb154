namespace Grid.Experiments.Sweeps.Files.Yaml;

/// <summary>A value of a YAML file and where it begins, both counted from 1.</summary>
internal abstract record YamlItem(int Line, int Column)
{
    private const int MostShown = 60;

    /// <summary>The value as a message shows it: short, on one line, without control characters.</summary>
    public abstract string Shown { get; }

    /// <summary>Cuts a text and takes out what a terminal would obey.</summary>
    public static string Tame(string text, int length = MostShown)
    {
        var end = text.Length <= length ? text.Length : char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return string.Concat(text.Take(end).Select(c => TerminalCharacters.Obeys(c) ? ' ' : c)) + (end < text.Length ? "…" : "");
    }
}

/// <param name="Quoted">Whether it stood in quotes or as a block, which makes it a text even if it looks like a number.</param>
internal sealed record YamlScalar(string Text, bool Quoted, int Line, int Column) : YamlItem(Line, Column)
{
    public override string Shown => Text.Length == 0 ? "nothing" : Quoted ? $"\"{Tame(Text)}\"" : Tame(Text);
}

internal sealed record YamlList(IReadOnlyList<YamlItem> Items, int Line, int Column) : YamlItem(Line, Column)
{
    public override string Shown => Items.Count == 0 ? "an empty list" : "a list";
}

internal sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, int Line, int Column) : YamlItem(Line, Column)
{
    public override string Shown => Entries.Count == 0 ? "an empty mapping" : "a mapping";
}

internal sealed record YamlEntry(YamlScalar Key, YamlItem Value);
