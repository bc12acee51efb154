using System.Globalization;

namespace Grid.Client.Drawing;

/// <summary>Numbers for people: three significant digits unless more are asked for, the prefix that fits, the unit.</summary>
internal static class Units
{
    /// <summary>Significant digits of a number that stands by itself.</summary>
    public const int UsualDigits = 3;

    private static readonly (double Factor, string Symbol)[] Seconds = [(1e-9, "ns"), (1e-6, "µs"), (1e-3, "ms"), (1, "s")];
    private static readonly (double Factor, string Symbol)[] Bytes = [(1, "B"), (1e3, "KB"), (1e6, "MB"), (1e9, "GB")];
    private static readonly (double Factor, string Symbol)[] Joules = [(1e-12, "pJ"), (1e-9, "nJ"), (1e-6, "µJ"), (1e-3, "mJ"), (1, "J"), (1e3, "kJ"), (1e6, "MJ")];
    private static readonly (double Factor, string Symbol)[] Rates = [(1, "/s"), (1e3, "k/s"), (1e6, "M/s")];

    /// <summary>The prefixes of a unit of the metric catalog, smallest first; null for a unit that is written as it is.</summary>
    public static IReadOnlyList<(double Factor, string Symbol)>? Prefixes(string unit) => unit switch
    {
        "s" => Seconds,
        "By" => Bytes,
        "J" => Joules,
        "1/s" => Rates,
        _ => null,
    };

    /// <param name="unit">As in the metric catalog: "s", "By", "J", "1/s", "1".</param>
    /// <param name="digits">Significant ones.</param>
    public static string Text(double value, string unit, int digits = UsualDigits)
    {
        if (!double.IsFinite(value))
            return "—";
        var rounded = Rounded(value, digits);
        if (Prefixes(unit) is not { } prefixes)
            return unit == "1" ? Text(rounded, digits) : $"{Text(rounded, digits)} {unit}";
        var (factor, symbol) = prefixes.LastOrDefault(p => Math.Abs(rounded) >= p.Factor * (1 - 1e-9), prefixes[0]);
        if (rounded == 0)
            (factor, symbol) = prefixes.First(p => p.Factor == 1);
        var scaled = Rounded(rounded / factor, digits);
        var whole = unit == "By" && factor == 1;
        return whole ? $"{scaled:0} {symbol}" : $"{Text(scaled, digits)} {symbol}";
    }

    /// <summary>A ratio as a percentage, with two decimals where its digits are the usual: 0.9755 is "97.55 %".</summary>
    /// <param name="digits">One more than decimals.</param>
    public static string Percent(double ratio, int digits = UsualDigits) =>
        double.IsFinite(ratio) ? $"{(ratio * 100).ToString($"F{digits - 1}", CultureInfo.InvariantCulture)} %" : "—";

    /// <summary>Wall time for people: "0.4 s", "12 s", "3 min 20 s", "2 h 05 min".</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 9.95 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalSeconds):0.0} s"),
        { TotalSeconds: < 59.5 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes} min {time.Seconds:00} s",
        { TotalDays: < 2 } => $"{(int)time.TotalHours} h {time.Minutes:00} min",
        _ => $"{(int)time.TotalDays} days {time.Hours} h",
    };

    private static double Rounded(double value, int digits)
    {
        if (value == 0)
            return 0;
        var scale = Math.Pow(10, digits - 1 - Math.Floor(Math.Log10(Math.Abs(value))));
        return double.IsFinite(scale) ? Math.Round(value * scale) / scale : 0;
    }

    private static string Text(double value, int digits) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1 and var size => value.ToString($"F{Math.Max(0, digits - 1 - (int)Math.Floor(Math.Log10(size)))}", CultureInfo.InvariantCulture),
        _ => value.ToString($"0.{new string('#', digits)}", CultureInfo.InvariantCulture),
    };
}
