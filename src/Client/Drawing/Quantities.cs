using System.Globalization;

namespace Grid.Client.Drawing;

/// <summary>Reads quantities as people type them: "50us", "100 KB", "1.5uJ", "97.5%", "0.975".</summary>
internal static class Quantities
{
    private static readonly (string Unit, string Symbol, double Factor)[] Symbols =
    [
        ("s", "s", 1), ("s", "ms", 1e-3), ("s", "us", 1e-6), ("s", "µs", 1e-6), ("s", "μs", 1e-6), ("s", "ns", 1e-9),
        ("By", "B", 1), ("By", "KB", 1e3), ("By", "MB", 1e6), ("By", "GB", 1e9), ("By", "KiB", 1024), ("By", "MiB", 1024 * 1024),
        ("J", "J", 1), ("J", "mJ", 1e-3), ("J", "uJ", 1e-6), ("J", "µJ", 1e-6), ("J", "μJ", 1e-6), ("J", "nJ", 1e-9), ("J", "pJ", 1e-12),
        ("1", "%", 0.01),
    ];

    /// <param name="unit">As in the metric catalog.</param>
    /// <returns>In that unit; null when the text is no such quantity. A bare number is in that unit already.</returns>
    public static double? Parse(string text, string unit)
    {
        var trimmed = text.Trim();
        var digits = trimmed.TakeWhile(c => char.IsAsciiDigit(c) || c is '.' or '-' or '+').Count();
        // "1e-3" is a number, "1 es" is not: an exponent counts only with digits behind it.
        if (digits < trimmed.Length - 1 && trimmed[digits] is 'e' or 'E' && (char.IsAsciiDigit(trimmed[digits + 1]) || trimmed[digits + 1] is '-' or '+'))
            digits += 2 + trimmed.Skip(digits + 2).TakeWhile(char.IsAsciiDigit).Count();
        if (!double.TryParse(trimmed.AsSpan(0, digits), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return null;
        var symbol = trimmed[digits..].Trim();
        if (symbol.Length == 0)
            return number;
        // Case tells milli from mega, so only bytes, which have no milli, are read in any case.
        var comparison = unit == "By" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var found = Symbols.FirstOrDefault(s => s.Unit == unit && s.Symbol.Equals(symbol, comparison));
        return found.Symbol is null ? null : number * found.Factor;
    }

    /// <summary>An example of how to write a quantity of that unit.</summary>
    public static string Example(string unit) => unit switch
    {
        "s" => "50us, 1.5ms or 0.002",
        "By" => "100KB, 1.5MB or 20000",
        "J" => "1.5uJ, 200nJ or 1e-6",
        _ => "97.5% or 0.975",
    };
}
