using System.Text.Json.Serialization;

namespace Grid.Experiments.Metrics;

/// <summary>Where a number comes from. Numbers of different provenance never meet in one frontier.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Provenance>))]
public enum Provenance
{
    /// <summary>Read from the thing itself: a clock, a file's length, counted predictions, a meter.</summary>
    [JsonStringEnumMemberName("measured")] Measured,

    /// <summary>Summed up from samples of a rate, such as power over time.</summary>
    [JsonStringEnumMemberName("integrated")] Integrated,

    /// <summary>A share of a measurement that other work also contributed to.</summary>
    [JsonStringEnumMemberName("attributed")] Attributed,

    /// <summary>Computed from a model of the cost, not observed.</summary>
    [JsonStringEnumMemberName("estimated")] Estimated,

    /// <summary>Not known; the value is null, never 0.</summary>
    [JsonStringEnumMemberName("unavailable")] Unavailable,
}
