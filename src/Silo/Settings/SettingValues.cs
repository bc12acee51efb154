using System.Globalization;
using System.Net;

namespace Grid.Silo.Settings;

/// <summary>Reads settings: the flag, else the variable, else the default. Collects every error, each naming what was found and what is accepted.</summary>
public sealed class SettingValues(Func<SiloSetting, string?> flag, Func<string, string?> variable)
{
    public List<string> Errors { get; } = [];

    /// <summary>What was written; null for nothing.</summary>
    public string? Text(SiloSetting setting) => Found(setting).Text;

    public string Text(SiloSetting setting, string fallback) => Text(setting) ?? fallback;

    public int Number(SiloSetting setting, int fallback, int least, int most) => Read(
        setting, fallback, $"a whole number from {least} to {most}",
        text => int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null);

    public bool Flag(SiloSetting setting) => Read(setting, false, "true or false", text => bool.TryParse(text, out var yes) ? yes : null);

    public IPAddress Address(SiloSetting setting, IPAddress fallback) =>
        Found(setting) is not ({ } text, { } name) ? fallback
        : IPAddress.TryParse(text, out var address) ? address
        : Wrong(name, text, "an IP address, such as 127.0.0.1, 10.0.0.5 or 0.0.0.0", fallback);

    public T Read<T>(SiloSetting setting, T fallback, string accepted, Func<string, T?> parse) where T : struct =>
        Found(setting) is not ({ } text, { } name) ? fallback : parse(text) ?? Wrong(name, text, accepted, fallback);

    /// <summary>A name that may stand in the name of a pool.</summary>
    public string Word(SiloSetting setting, string fallback)
    {
        var text = Text(setting, fallback);
        if (text.Length is < 1 or > 63 || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            Errors.Add($"{setting.Flag} is '{text}'; accepted: 1 to 63 letters, digits, '-', '_' and '.'.");
        return text;
    }

    private (string? Text, string? Name) Found(SiloSetting setting) =>
        flag(setting) is { } given ? (given, setting.Flag)
        : variable(setting.Variable) is { Length: > 0 } set ? (set, setting.Variable)
        : (null, null);

    private T Wrong<T>(string name, string text, string accepted, T fallback)
    {
        Errors.Add($"{name} is '{text}'; accepted: {accepted}.");
        return fallback;
    }
}
