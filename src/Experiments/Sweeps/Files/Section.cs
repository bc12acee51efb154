using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps.Files.Yaml;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>A mapping of a sweep file whose keys are known, each given once at most; what else stands in it is an error.</summary>
internal sealed class Section
{
    private readonly Dictionary<string, YamlEntry> entries = [];
    private readonly SweepErrors errors;

    private Section(string? key, SweepErrors errors)
    {
        Key = key;
        this.errors = errors;
    }

    /// <summary>The section's own key; null for the whole file.</summary>
    public string? Key { get; }

    /// <summary>The known entries in the order of the file.</summary>
    public IEnumerable<YamlEntry> Entries => entries.Values;

    /// <summary>A section of a value that may be missing; empty when it is, and, with an error, when it is no mapping.</summary>
    /// <param name="keys">The keys it can have.</param>
    /// <param name="misplaced">What to answer to another key before guessing; null for nothing.</param>
    public static Section Of(
        YamlItem? item, string? key, IReadOnlyCollection<string> keys, SweepErrors errors, Func<string, string?>? misplaced = null)
    {
        var section = new Section(key, errors);
        if (item is YamlMap map)
            section.Fill(map, keys, misplaced);
        else if (item is not null)
            errors.Add(item, key, $"accepted: a mapping with {Words(keys)}.");
        return section;
    }

    public YamlItem? this[string name] => entries.GetValueOrDefault(name)?.Value;

    public string PathOf(string name) => Key is null ? name : $"{Key}.{name}";

    /// <summary>The canonical value of a setting; its default when it is missing or, with an error, not accepted.</summary>
    public string? Value(FileSetting setting) => this[setting.Name] is { } item
        ? ValueReader.Value(item, PathOf(setting.Name), setting.Rule, errors) ?? setting.Default
        : setting.Default;

    /// <summary>The canonical values of those settings that have one.</summary>
    public StageSettings Read(IEnumerable<FileSetting> settings) => new(
        from setting in settings
        let value = Value(setting)
        where value is not null
        select KeyValuePair.Create(setting.Name, value));

    public static string Words(IReadOnlyCollection<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} or {words.Last()}";

    private void Fill(YamlMap map, IReadOnlyCollection<string> keys, Func<string, string?>? misplaced)
    {
        foreach (var entry in map.Entries)
        {
            var (name, path) = (entry.Key.Text, PathOf(YamlItem.Tame(entry.Key.Text)));
            if (!keys.Contains(name))
                Error(entry, path, $"there is no such key; {misplaced?.Invoke(name) ?? NearWord.Question(name, keys)}accepted: {Words(keys)}.");
            else if (entries.TryGetValue(name, out var first))
                Error(entry, path, $"this key stands in line {first.Key.Line} already; accepted: once.");
            else
                entries[name] = entry;
        }
    }

    private void Error(YamlEntry entry, string path, string message) => errors.Add(entry.Key.Line, entry.Key.Column, path, null, message);
}
