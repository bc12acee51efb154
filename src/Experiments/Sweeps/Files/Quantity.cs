using System.Globalization;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>Amounts with their unit, in the spelling that <see cref="FileSettings"/> accepts.</summary>
internal static class Quantity
{
    private const double WattHour = 3600;

    public static TextRule TimeRule { get; } = new("[0-9]{1,6}(\\.[0-9]{1,3})?[smh]", "a number with s, m or h, such as 90s, 30m or 1.5h");

    public static TextRule EnergyRule { get; } = new(
        "[0-9]{1,9}(\\.[0-9]{1,6})? *(J|kJ|MJ|Wh|kWh)", "a number with J, kJ, MJ, Wh or kWh, such as 50 kJ or 1.5 kWh");

    public static TimeSpan Time(string text)
    {
        var number = double.Parse(text[..^1], CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromHours(number),
        };
    }

    public static double Joules(string text)
    {
        var unit = text.TrimStart([.. "0123456789. "]);
        return double.Parse(text[..^unit.Length].Trim(), CultureInfo.InvariantCulture) * unit switch
        {
            "J" => 1,
            "kJ" => 1e3,
            "MJ" => 1e6,
            "Wh" => WattHour,
            _ => WattHour * 1e3,
        };
    }
}
