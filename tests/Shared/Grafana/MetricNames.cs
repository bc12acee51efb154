using System.Text.RegularExpressions;

namespace Grid.Tests;

/// <summary>The metrics that an expression of PromQL names.</summary>
internal static partial class MetricNames
{
    /// <summary>Each once. Labels that begin like metrics are not among them.</summary>
    public static IReadOnlyList<string> In(string expression) =>
        [.. Name().Matches(WithoutLabels(expression)).Select(m => m.Value).Distinct()];

    /// <summary>Each metric with the conditions that it stands with.</summary>
    public static IReadOnlyList<string> Selectors(string expression) => [.. Selector().Matches(Grouping().Replace(expression, "")).Select(m => m.Value).Distinct()];

    /// <summary>The expression after that metric was renamed.</summary>
    public static string Rename(string expression, string metric) => Regex.Replace(expression, $@"\b{metric}\b", $"{metric}_renamed");

    private static string WithoutLabels(string expression) => Conditions().Replace(Grouping().Replace(expression, ""), "");

    [GeneratedRegex(@"\b(grid|orleans|dotnet)_\w+|\b(up|target_info)\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"(\b(grid|orleans|dotnet)_\w+|\b(up|target_info)\b)(\{[^}]*\})?")]
    private static partial Regex Selector();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Conditions();

    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")]
    private static partial Regex Grouping();
}
