namespace Grid.Experiments.Stages;

/// <summary>A SHA-256 as Grid writes it: keys of stages and names of artifacts. What has this form leads out of no folder.</summary>
public static class Sha256Text
{
    public const string Form = "64 hexadecimal digits in lower case";

    public static bool Is(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
