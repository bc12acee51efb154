using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Experiments.Stages;

/// <summary>
/// The settings of a stage in canonical form: sorted keys, one spelling per value. Two stages that mean the same have
/// equal canonical text, which is what makes a stage's key.
/// </summary>
[JsonConverter(typeof(StageSettingsConverter))]
public sealed class StageSettings : IReadOnlyDictionary<string, string>, IEquatable<StageSettings>
{
    private readonly SortedDictionary<string, string> values;
    private string? canonical;

    public StageSettings(IEnumerable<KeyValuePair<string, string>> values) =>
        this.values = new SortedDictionary<string, string>(values.ToDictionary(), StringComparer.Ordinal);

    public static StageSettings Empty { get; } = new([]);

    /// <summary>Canonical text: a JSON object with sorted keys and string values.</summary>
    public string Canonical => canonical ??= JsonSerializer.Serialize(values);

    /// <summary>The one spelling of a value: shortest round-trip for numbers, lower case for flags.</summary>
    public static string Spell(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public string Text(string key) =>
        values.TryGetValue(key, out var text) ? text : throw new StageSettingsException($"The setting '{key}' is missing.");

    public string Text(string key, string fallback) => values.GetValueOrDefault(key, fallback);

    public int Integer(string key) => Parse(key, int.Parse);

    public double Number(string key) => Parse(key, double.Parse);

    public bool Flag(string key) => Parse(key, (text, _) => bool.Parse(text));

    public int? OptionalInteger(string key) => values.ContainsKey(key) ? Integer(key) : null;

    public double? OptionalNumber(string key) => values.ContainsKey(key) ? Number(key) : null;

    private T Parse<T>(string key, Func<string, IFormatProvider, T> parse)
    {
        var text = Text(key);
        try
        {
            return parse(text, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new StageSettingsException($"The setting '{key}' is '{text}', which is not a valid {typeof(T).Name}.", e);
        }
    }

    public string this[string key] => values[key];
    public IEnumerable<string> Keys => values.Keys;
    public IEnumerable<string> Values => values.Values;
    public int Count => values.Count;
    public bool ContainsKey(string key) => values.ContainsKey(key);
    public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string value) =>
        values.TryGetValue(key, out value);
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(StageSettings? other) => other is not null && Canonical == other.Canonical;
    public override bool Equals(object? obj) => Equals(obj as StageSettings);
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Canonical);
    public override string ToString() => Canonical;

    internal sealed class StageSettingsConverter : JsonConverter<StageSettings>
    {
        public override StageSettings Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("Settings are a JSON object.");
            var values = new Dictionary<string, string>();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                reader.Read();
                values[key] = reader.GetString() ?? throw new JsonException($"The setting '{key}' is null.");
            }
            return new StageSettings(values);
        }

        public override void Write(Utf8JsonWriter writer, StageSettings value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (key, text) in value.values)
                writer.WriteString(key, text);
            writer.WriteEndObject();
        }
    }
}

/// <summary>A stage was given settings it cannot work with.</summary>
public sealed class StageSettingsException(string message, Exception? inner = null) : Exception(message, inner);
