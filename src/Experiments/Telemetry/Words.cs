using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Grid.Experiments.Telemetry;

/// <summary>Members of enumerations as words for attributes: those of their JSON where they have them, else their names in lower case.</summary>
public static class Words
{
    public static IReadOnlyCollection<string> All<T>() where T : struct, Enum => Cache<T>.Words.Values;

    /// <summary>Allocates nothing.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Cache<T>.Words[value];

    private static class Cache<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Words = Enum.GetValues<T>().ToFrozenDictionary(value => value, WordOf);

        private static string WordOf(T value) =>
            typeof(T).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? value.ToString().ToLowerInvariant();
    }
}
