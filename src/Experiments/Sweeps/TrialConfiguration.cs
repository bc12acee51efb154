using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Experiments.Stages;

namespace Grid.Experiments.Sweeps;

/// <summary>
/// The values of a trial's swept parameters by key ("prune.ratio" -> "0.5"), canonical: sorted, one spelling per value, and without
/// parameters that mean nothing beside the others. Equal configurations are one trial.
/// </summary>
public sealed record TrialConfiguration(StageSettings Values, long Seed)
{
    /// <summary>Canonical JSON, also the identity of the configuration within its experiment.</summary>
    [JsonIgnore]
    public string Canonical => JsonSerializer.Serialize(this);

    /// <summary>Reads what <see cref="Canonical"/> wrote.</summary>
    /// <exception cref="JsonException">The text is no configuration.</exception>
    public static TrialConfiguration Parse(string canonical) =>
        JsonSerializer.Deserialize<TrialConfiguration>(canonical) is { Values: not null } trial
            ? trial
            : throw new JsonException("A trial's configuration lacks its values.");
}
