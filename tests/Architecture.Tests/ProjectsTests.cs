using System.Xml.Linq;
using Grid.Tests;

namespace Grid.Architecture.Tests;

/// <summary>Dependencies point one way: Client, Silo, Grains, Experiments. The runner stands beside and knows the experiments alone.</summary>
public sealed class ProjectsTests
{
    [Fact]
    public void Dependencies_point_one_way()
    {
        var references = ProjectFiles("src").ToDictionary(NameOf, file => References(file).ToArray());

        references.OrderBy(r => r.Key).Select(r => $"{r.Key}: {string.Join(", ", r.Value)}").ShouldBe(
        [
            "Client: Silo",
            "Experiments: ",
            "Grains: Experiments",
            "Runner: Experiments",
            "Silo: Grains",
        ]);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(RepositoryRoot.File("Grid.sln")).Replace('\\', '/');

        var projects = new[] { "src", "tests", "benchmarks" }.SelectMany(ProjectFiles).ToList();

        projects.Count.ShouldBeGreaterThan(8);
        projects.Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
            .Where(file => !solution.Contains($"\"{file}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Orleans", "Grains", "Silo", "Client")]
    [InlineData("Spectre.Console", "Client")]
    [InlineData("System.CommandLine", "Client", "Silo")]
    [InlineData("KubernetesClient", "Client")]
    [InlineData("Microsoft.Data.Sqlite", "Experiments")]
    [InlineData("Npgsql", "Experiments")]
    [InlineData("TorchSharp", "Experiments", "Runner")]
    [InlineData("Microsoft.ML.OnnxRuntime", "Experiments", "Runner")]
    public void A_library_is_known_only_where_it_belongs(string library, params string[] projects)
    {
        var users = ProjectFiles("src").Select(NameOf).Where(name => Outputs.Assembly(name).Modules
            .SelectMany(m => m.AssemblyReferences)
            .Any(r => r.Name == library || r.Name.StartsWith($"{library}.", StringComparison.Ordinal)));

        users.ShouldBeSubsetOf(projects);
    }

    private static IEnumerable<string> ProjectFiles(string folder) =>
        Directory.EnumerateFiles(RepositoryRoot.File(folder), "*.csproj", SearchOption.AllDirectories).Order();

    private static string NameOf(string projectFile) => Path.GetFileNameWithoutExtension(projectFile);

    /// <summary>Without the projects that are only built beside, of which nothing is loaded.</summary>
    private static IEnumerable<string> References(string projectFile) => XDocument.Load(projectFile).Descendants("ProjectReference")
        .Where(r => (string?)r.Attribute("ReferenceOutputAssembly") != "false")
        .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))
        .Order();
}
