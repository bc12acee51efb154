using Grid.Experiments.Stages;

namespace Grid.Experiments.Compression;

/// <summary>Settings that are one of a few words.</summary>
internal static class SettingWords
{
    /// <summary>The setting, or the first word when it is left out.</summary>
    /// <exception cref="StageSettingsException">It is another word.</exception>
    public static string Word(this StageSettings settings, string key, params string[] words)
    {
        var word = settings.Text(key, words[0]);
        return words.Contains(word)
            ? word
            : throw new StageSettingsException($"The setting '{key}' is '{word}'; it can be {string.Join(" or ", words)}.");
    }
}
