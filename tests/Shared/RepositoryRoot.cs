namespace Grid.Tests;

/// <summary>Finds files of the checkout from a test's output folder.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    public static string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "Grid.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No Grid.sln above {AppContext.BaseDirectory}.");
    }
}
