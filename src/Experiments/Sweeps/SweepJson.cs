using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Experiments.Metrics;

namespace Grid.Experiments.Sweeps;

/// <summary>A sweep as JSON: the form in which it lies in the store. Equal sweeps give equal text.</summary>
public static class SweepJson
{
    private const int ProblemsShown = 5;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter<Direction>(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(Sweep sweep) => JsonSerializer.Serialize(sweep, Options);

    /// <summary>Reads what <see cref="Write"/> wrote. Whoever else may have written to the store: no sweep comes out of it unchecked.</summary>
    /// <exception cref="JsonException">The text is not a sweep, or not one that a sweep file of this version could have given.</exception>
    public static Sweep Read(string json)
    {
        var sweep = JsonSerializer.Deserialize<Sweep>(json, Options) ?? throw new JsonException("The sweep is null.");
        return SweepCheck.Problems(sweep) is { Count: > 0 } problems
            ? throw new JsonException($"The sweep is none that Grid runs: {string.Join(' ', problems.Take(ProblemsShown))}")
            : sweep;
    }
}
