using YamlDotNet.Core;

namespace Grid.Experiments.Sweeps.Files.Yaml;

/// <summary>What people meet in YAML most often, in words that help more than a parser's.</summary>
internal static class YamlText
{
    private const int MostExplained = 300;

    /// <summary>Whether a line is indented with a tab: an error for each such line.</summary>
    public static bool RefusesTabs(string text, SweepErrors errors)
    {
        var (line, found) = (0, false);
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var indent = content[..^content.TrimStart().Length];
            if (indent.Length == content.Length || indent.IndexOf('\t') is not (>= 0 and var tab))
                continue;
            found = true;
            errors.Add(line, tab + 1, null, "a tab", "YAML does not take tabs as indentation; accepted: spaces.");
        }
        return found;
    }

    /// <summary>Whether there is a null character, at which the parser would end as if the file did: an error for the first.</summary>
    public static bool RefusesNull(string text, SweepErrors errors)
    {
        var at = text.IndexOf('\0');
        if (at < 0)
            return false;
        var before = text.AsSpan(0, at);
        errors.Add(before.Count('\n') + 1, at - before.LastIndexOf('\n'), null, "a null character", "this is no text; accepted: YAML.");
        return true;
    }

    /// <summary>The parser's message, with a hint where a lower limit stands without quotes.</summary>
    public static string Explain(YamlException error, string text)
    {
        var line = text.AsSpan().EnumerateLines().GetEnumerator();
        for (var i = 0L; i < error.Start.Line && line.MoveNext(); i++)
            ;
        var hint = line.Current.IndexOf(": >") >= 0 ? " A limit that begins with > needs quotes: \">= 0.9\"." : "";
        return $"this is not YAML: {YamlItem.Tame(error.Message.TrimEnd('.'), MostExplained)}.{hint}";
    }
}
