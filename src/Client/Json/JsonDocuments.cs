using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Client.Json;

/// <summary>Writes the documents of <c>--json</c>, described in docs/json.md.</summary>
internal static class JsonDocuments
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        // The document is read by programs, never pasted into a web page: µ and accents stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static string Write(object document) => JsonSerializer.Serialize(document, document.GetType(), Options);
}
