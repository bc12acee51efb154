using System.Text.Json.Serialization;

namespace Grid.Client.Doctor;

[JsonConverter(typeof(JsonStringEnumConverter<CheckStatus>))]
internal enum CheckStatus
{
    [JsonStringEnumMemberName("ok")] Ok,

    /// <summary>Sweeps run, but not as well as they could.</summary>
    [JsonStringEnumMemberName("warning")] Warning,

    /// <summary>Sweeps cannot run.</summary>
    [JsonStringEnumMemberName("problem")] Problem,
}

/// <summary>One thing that sweeps need, as it is on this machine.</summary>
/// <param name="Found">What is there.</param>
/// <param name="Advice">What to change; null when all is well.</param>
internal sealed record Check(string Name, CheckStatus Status, string Found, string? Advice = null)
{
    public static Check Ok(string name, string found) => new(name, CheckStatus.Ok, found);

    public static Check Warning(string name, string found, string advice) => new(name, CheckStatus.Warning, found, advice);

    public static Check Problem(string name, string found, string advice) => new(name, CheckStatus.Problem, found, advice);
}
