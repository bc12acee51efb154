namespace Grid.Client.Models;

/// <summary>Puts a whole folder in the place of another, which nobody sees half done. Two may do so at once: the last one's stays.</summary>
internal static class FolderSwap
{
    /// <summary>Most failures mean that another has put its own there meanwhile.</summary>
    private const int MostTries = 100;

    /// <summary>A name beside the folder for what is to take its place.</summary>
    public static string Beside(string folder) => $"{folder}.{Guid.NewGuid():N}.tmp";

    /// <exception cref="IOException">It cannot be put there.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void Put(string fresh, string folder)
    {
        for (var tries = 1; ; tries++)
        {
            Remove(folder);
            try
            {
                Directory.Move(fresh, folder);
                return;
            }
            catch (IOException) when (tries < MostTries && Directory.Exists(fresh) && !File.Exists(folder))
            {
                // Another was faster: the same again.
            }
        }
    }

    /// <summary>Does nothing where there is none.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void Remove(string folder)
    {
        // Else a file would be moved, too.
        if (!Directory.Exists(folder))
            return;
        var aside = Beside(folder);
        try
        {
            Directory.Move(folder, aside);
        }
        catch (DirectoryNotFoundException)
        {
            // Another was faster.
            return;
        }
        Directory.Delete(aside, recursive: true);
    }
}
