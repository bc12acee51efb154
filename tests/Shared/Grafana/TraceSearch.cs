using System.Text.RegularExpressions;

namespace Grid.Tests;

/// <summary>The part of TraceQL that the dashboards use: conditions on one span, all of which must hold, and attributes to be shown.</summary>
internal sealed partial class TraceSearch
{
    private readonly IReadOnlyList<(string Field, string Operator, string Value)> conditions;

    private TraceSearch(IReadOnlyList<(string, string, string)> conditions, IReadOnlyList<string> shown) => (this.conditions, Shown) = (conditions, shown);

    /// <summary>Names of attributes of spans that conditions and the selection name.</summary>
    public IReadOnlyList<string> Attributes =>
        [.. conditions.Select(c => c.Field).Concat(Shown).Where(f => f.StartsWith(Span, StringComparison.Ordinal)).Select(f => f[Span.Length..]).Distinct()];

    /// <summary>Names of spans that it looks for.</summary>
    public IReadOnlyList<string> SpanNames => [.. conditions.Where(c => c.Field == "name").SelectMany(c => c.Value.Split('|'))];

    private const string Span = "span.";

    private IReadOnlyList<string> Shown { get; }

    /// <exception cref="FormatException">It is more than that.</exception>
    public static TraceSearch Parse(string query)
    {
        var whole = Whole().Match(query);
        if (!whole.Success)
            throw new FormatException($"This is more TraceQL than the test reads: {query}");
        return new(
            [.. whole.Groups["conditions"].Value.Split("&&", StringSplitOptions.TrimEntries).Select(Read)],
            [.. whole.Groups["shown"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]);

        static (string, string, string) Read(string text) => Condition().Match(text) is { Success: true } found
            ? (found.Groups["field"].Value, found.Groups["operator"].Value, found.Groups["value"].Value.Trim('"'))
            : throw new FormatException($"This is more TraceQL than the test reads: {text}");
    }

    /// <param name="attributes">Of the span.</param>
    public bool Finds(string name, bool failed, IReadOnlyDictionary<string, object?> attributes) => conditions.All(c => c.Field switch
    {
        "name" => Holds(name, c.Operator, c.Value),
        "status" => Holds(failed ? "error" : "unset", c.Operator, c.Value),
        // How long it takes is up to the machine.
        "duration" => true,
        _ => attributes.TryGetValue(c.Field[Span.Length..], out var value) && Holds($"{value}", c.Operator, c.Value),
    }) && Shown.All(s => attributes.ContainsKey(s[Span.Length..]));

    private static bool Holds(string found, string comparison, string wanted) => comparison switch
    {
        "=" => found == wanted,
        "!=" => found != wanted,
        "=~" => Regex.IsMatch(found, $"^({wanted})$"),
        _ => throw new FormatException($"The test does not know {comparison}."),
    };

    [GeneratedRegex(@"^\{ (?<conditions>.+) \}( \| select\((?<shown>[^)]+)\))?$")]
    private static partial Regex Whole();

    [GeneratedRegex("""^(?<field>name|status|duration|span(\.\w+)+) (?<operator>=~|!=|=|>) (?<value>"[^"]*"|\w+)$""")]
    private static partial Regex Condition();
}
