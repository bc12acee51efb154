using System.Text;
using System.Text.RegularExpressions;

namespace Grid.Client.Report;

/// <summary>Fills the places of a template. What is filled in is not looked at again: a name that looks like a place stays a name.</summary>
internal static partial class PageTemplate
{
    /// <exception cref="KeyNotFoundException">The template has a place that nobody fills.</exception>
    public static string Fill(string template, IReadOnlyDictionary<string, string> texts)
    {
        var page = new StringBuilder(template.Length + texts.Values.Sum(t => t.Length));
        var from = 0;
        foreach (Match place in Place().Matches(template))
        {
            page.Append(template, from, place.Index - from).Append(texts[place.Groups["name"].Value]);
            from = place.Index + place.Length;
        }
        return page.Append(template, from, template.Length - from).ToString();
    }

    [GeneratedRegex(@"\{\{(?<name>[a-z]+)\}\}")]
    private static partial Regex Place();
}
