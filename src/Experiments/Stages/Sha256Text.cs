using System.Security.Cryptography;
using System.Text;

namespace Grid.Experiments.Stages;

/// <summary>A SHA-256 as Grid writes it, in keys of stages and names of artifacts. What has this form leads out of no folder.</summary>
public static class Sha256Text
{
    public const string Form = "64 hexadecimal digits in lower case";

    public static bool Is(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Of the text in UTF-8.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Of what is left to read.</summary>
    public static string Of(Stream content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static string OfFile(string path)
    {
        using var file = File.OpenRead(path);
        return Of(file);
    }
}
