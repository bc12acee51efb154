using Spectre.Console;

namespace Grid.Client.Drawing;

/// <summary>Sentences, folded between words where the terminal ends. Names from sweep files stay text, whatever is in them.</summary>
internal static class Prose
{
    public static void Write(IAnsiConsole console, string text, Style? style = null)
    {
        foreach (var line in Folding.Fold(text, console.Profile.Width))
        {
            console.Write(new Text(line, style));
            console.WriteLine();
        }
    }
}
