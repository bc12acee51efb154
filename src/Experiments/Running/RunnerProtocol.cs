using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Experiments.Running;

/// <summary>
/// Framing of <see cref="RunnerMessage"/> on a byte stream: a record separator, JSON, a line feed (RFC 7464). Whatever native code
/// prints on the same stream lies outside such records and is told apart from messages.
/// </summary>
public static class RunnerProtocol
{
    /// <summary>Begins a record; never part of JSON text, which escapes control characters.</summary>
    public const byte RecordSeparator = 0x1E;

    /// <summary>The longest record either side accepts, in bytes.</summary>
    public const int LongestRecord = 16 * 1024 * 1024;

    /// <summary>The record of a message, ready to be written in one piece.</summary>
    public static byte[] Frame(RunnerMessage message) =>
        [RecordSeparator, .. JsonSerializer.SerializeToUtf8Bytes(message, RunnerJson.Default.RunnerMessage), (byte)'\n'];

    /// <param name="json">A record without its separator and line feed.</param>
    /// <exception cref="RunnerProtocolException">It is no message.</exception>
    public static RunnerMessage Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RunnerJson.Default.RunnerMessage) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new RunnerProtocolException($"A record that is no message: {e.Message}", e);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RunnerMessage))]
internal sealed partial class RunnerJson : JsonSerializerContext;
