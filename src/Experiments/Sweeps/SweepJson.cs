using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Experiments.Metrics;

namespace Grid.Experiments.Sweeps;

/// <summary>A sweep as JSON: the form in which it lies in the store. Equal sweeps give equal text.</summary>
public static class SweepJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter<Direction>(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(Sweep sweep) => JsonSerializer.Serialize(sweep, Options);

    /// <exception cref="JsonException">The text is not a sweep.</exception>
    public static Sweep Read(string json) =>
        JsonSerializer.Deserialize<Sweep>(json, Options) ?? throw new JsonException("The sweep is null.");
}
