namespace Grid.Client.Drawing;

/// <summary>How many there are of something, in words: "1 trial", "2,000 trials".</summary>
internal static class Counted
{
    /// <param name="thing">Its singular; the plural has an s.</param>
    public static string Of(long count, string thing) => count == 1 ? $"1 {thing}" : $"{count:N0} {thing}s";

    /// <param name="verb">As it follows several: "1 waits", "2 wait".</param>
    public static string Doing(long count, string verb) => count == 1 ? $"1 {verb}s" : $"{count:N0} {verb}";
}
