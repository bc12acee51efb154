namespace Grid.Client.Drawing;

/// <summary>Lines of a text that are no longer than there is room for, broken between words alone: ids and options must stay whole to be copied.</summary>
internal static class Folding
{
    /// <summary>At least one line. A word that is longer than a line has one to itself. What a line begins with stands before those that follow from it, too.</summary>
    public static IReadOnlyList<string> Fold(string text, int width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var indent = paragraph[..^paragraph.TrimStart().Length];
            lines.Add(indent);
            var begun = false;
            // Where several blanks stand together there are empty words between, which keep them as long as the line goes on.
            foreach (var word in paragraph.TrimStart().Split(' '))
            {
                if (begun && lines[^1].Length + 1 + word.Length > width)
                {
                    lines[^1] = lines[^1].TrimEnd();
                    lines.Add(indent);
                    begun = false;
                }
                lines[^1] += begun ? " " + word : word;
                begun |= word.Length > 0;
            }
        }
        return lines;
    }
}
