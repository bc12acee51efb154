using System.Text.Json.Serialization;
using Grid.Experiments.Datasets;

namespace Grid.Experiments.Stages;

/// <summary>
/// One stage of a trial, known in full before anything runs. Its <see cref="Key"/> is the SHA-256 of everything that decides
/// its result, so two trials, sweeps or processes that need the same stage compute it once.
/// </summary>
/// <param name="Parent">Key of the stage whose model this one reads; null for the first.</param>
/// <param name="Reference">Key of the stage whose model a measurement is compared with; null elsewhere.</param>
/// <param name="Data">The data the stage reads; null when it reads none.</param>
/// <param name="Seed">The seed, when the stage draws random numbers; null when it is deterministic.</param>
public sealed record StageSpec(
    StageKind Kind, StageSettings Settings, string? Parent = null, string? Reference = null, DataSettings? Data = null, long? Seed = null)
{
    private string? key;

    /// <summary>Copies what decides the result, not the key: <c>with</c> is about to change it.</summary>
    private StageSpec(StageSpec other)
    {
        Kind = other.Kind;
        Settings = other.Settings;
        Parent = other.Parent;
        Reference = other.Reference;
        Data = other.Data;
        Seed = other.Seed;
    }

    /// <summary>64 hexadecimal digits.</summary>
    [JsonIgnore]
    public string Key => key ??= Hash();

    public bool Equals(StageSpec? other) => other is not null && Key == other.Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    private string Hash()
    {
        var text = string.Join('\n', "grid-stage", Kind, StageVersions.Of(Kind), Settings.Canonical, Parent, Reference, Data?.Canonical, Seed);
        return Sha256Text.Of(text);
    }
}
