using System.Text.RegularExpressions;
using System.Xml.Linq;
using Grid.Tests;

namespace Grid.Deploy.Tests.Containers;

public sealed partial class ContainerfileTests
{
    [Theory]
    [MemberData(nameof(Containerfile.Names), MemberType = typeof(Containerfile))]
    public void What_it_copies_is_there_and_not_ignored(string name)
    {
        var ignored = File.ReadAllLines(RepositoryRoot.File(".dockerignore")).Where(l => l.StartsWith('!')).Select(l => l[1..]).ToList();
        var sources = Containerfile.Read(name).Arguments("COPY").Where(c => !c.StartsWith("--from", StringComparison.Ordinal))
            .SelectMany(c => c.Split(' ')[..^1]).Select(s => s.TrimEnd('/')).ToList();

        sources.Count.ShouldBeGreaterThan(3);
        sources.Where(s => !Path.Exists(RepositoryRoot.File(s))).ShouldBeEmpty();
        sources.Order().ShouldBe(ignored.Order());
    }

    /// <summary>Every project that the published ones stand on lies in what is copied.</summary>
    [Theory]
    [MemberData(nameof(Containerfile.Names), MemberType = typeof(Containerfile))]
    public void It_publishes_projects_that_are_there(string name)
    {
        var projects = Published(Containerfile.Read(name)).Select(p => p.Project).ToList();

        projects.ShouldNotBeEmpty();
        foreach (var project in projects)
            XDocument.Load(Project(project)).Descendants("OutputType").ShouldHaveSingleItem().Value.ShouldBe("Exe", project);
    }

    [Theory]
    [InlineData("silo.Containerfile", "./Grid.Silo", "src/Silo")]
    [InlineData("client.Containerfile", "grid", "src/Client")]
    public void Its_entry_point_is_the_program_that_it_publishes(string name, string program, string project)
    {
        var file = Containerfile.Read(name);

        file.Arguments("ENTRYPOINT").ShouldBe([$"[\"{program}\"]"]);
        Published(file).Select(p => p.Project).ShouldContain(project);
        AssemblyName(project).ShouldBe(Path.GetFileName(program));
    }

    [Fact]
    public void The_runner_is_published_where_the_silo_looks_for_it() =>
        Published(Containerfile.Read("silo.Containerfile")).ShouldBe([("src/Silo", "/grid"), ("src/Runner", "/grid/runner")]);

    [Theory]
    [MemberData(nameof(Containerfile.Names), MemberType = typeof(Containerfile))]
    public void It_runs_on_Ubuntu_24_04_as_the_user_of_the_manifests(string name)
    {
        var file = Containerfile.Read(name);

        file.Arguments("ARG").ShouldContain("VERSION=10.0-noble");
        file.Arguments("FROM").ShouldBe(["mcr.microsoft.com/dotnet/sdk:${VERSION} AS build", "mcr.microsoft.com/dotnet/aspnet:${VERSION}"]);
        // 1654, which the base images set.
        file.Final.ShouldContain(("USER", "$APP_UID"));
    }

    [Fact]
    public void The_accelerator_decides_which_libtorch_the_runner_brings()
    {
        foreach (var (_, arguments) in Containerfile.Read("silo.Containerfile").Lines.Where(l => l.Instruction == "RUN"))
            Publish().Count(arguments).ShouldBe(Regex.Count(arguments, Regex.Escape("-p:Accelerator=${ACCELERATOR}")));
        var libtorch = XDocument.Load(Project("src/Runner")).Descendants("PackageReference")
            .Select(r => (Name: (string)r.Attribute("Include")!, Condition: (string?)r.Attribute("Condition")))
            .Where(r => r.Name.StartsWith("libtorch", StringComparison.Ordinal)).ToDictionary(r => r.Name, r => r.Condition);

        libtorch["libtorch-cpu-linux-x64"]!.ShouldContain("'$(Accelerator)' != 'cuda'");
        libtorch["libtorch-cuda-12.8-linux-x64"]!.ShouldContain("'$(Accelerator)' == 'cuda'");
    }

    private static string Project(string folder) => RepositoryRoot.File(folder, $"{Path.GetFileName(folder)}.csproj");

    private static string AssemblyName(string project) =>
        XDocument.Load(Project(project)).Descendants("AssemblyName").SingleOrDefault()?.Value ?? $"Grid.{Path.GetFileName(project)}";

    private static List<(string Project, string Folder)> Published(Containerfile file) =>
        [.. file.Arguments("RUN").SelectMany(r => Publish().Matches(r)).Select(m => (m.Groups["project"].Value, m.Groups["folder"].Value))];

    [GeneratedRegex(@"dotnet publish (?<project>\S+) -c Release -o (?<folder>\S+)")]
    private static partial Regex Publish();
}
