namespace Grid.Experiments.Sweeps.Files;

/// <summary>Guesses which word was meant.</summary>
public static class NearWord
{
    private const int LongestWord = 40;
    private const int ShortestBeginning = 3;

    /// <summary>"did you mean x? ", or nothing when no candidate is near.</summary>
    public static string Question(string word, IEnumerable<string> candidates) =>
        Of(word, candidates) is { } near ? $"did you mean {near}? " : "";

    /// <summary>
    /// The candidate that ends in the word after a dot or begins with it, else the one that takes the fewest edits, but no more than a
    /// third of the word's letters; null when there is none.
    /// </summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
            return null;
        var plain = word.ToLowerInvariant().Replace('_', '-');
        var all = candidates.ToList();
        return all.Find(c => c.EndsWith($".{plain}", StringComparison.Ordinal))
            ?? (plain.Length < ShortestBeginning ? null : all.Find(c => c.StartsWith(plain, StringComparison.Ordinal)))
            ?? all.Select(c => (Word: c, Edits: Edits(plain, c)))
                .Where(c => c.Edits <= Math.Max(1, Math.Min(plain.Length, c.Word.Length) / 3))
                .OrderBy(c => c.Edits)
                .Select(c => c.Word)
                .FirstOrDefault();
    }

    /// <summary>
    /// Letters to insert, delete, replace or swap with their neighbour to make one word the other: the optimal string alignment
    /// distance (Damerau 1964).
    /// </summary>
    public static int Edits(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }
                var replaced = edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(replaced, 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        return edits[a.Length, b.Length];
    }
}
