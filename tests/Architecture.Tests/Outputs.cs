using Grid.Tests;
using Mono.Cecil;

namespace Grid.Architecture.Tests;

/// <summary>What the build made, in the configuration of this test.</summary>
internal static class Outputs
{
    private static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name;

    /// <summary>The output folders by their project's name.</summary>
    public static IReadOnlyDictionary<string, string> Folders { get; } = Directory.GetDirectories(RepositoryRoot.File("artifacts", "bin"))
        .Select(folder => Path.Combine(folder, Configuration))
        .Where(Directory.Exists)
        .ToDictionary(folder => Path.GetFileName(Path.GetDirectoryName(folder)!));

    public static AssemblyDefinition Assembly(string project) =>
        AssemblyDefinition.ReadAssembly(Path.Combine(Folders[project], project == "Client" ? "grid.dll" : $"Grid.{project}.dll"));
}
