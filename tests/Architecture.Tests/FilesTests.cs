using System.Text.RegularExpressions;
using Grid.Tests;

namespace Grid.Architecture.Tests;

public sealed partial class FilesTests
{
    [Fact]
    public void No_file_of_code_is_longer_than_300_lines()
    {
        var files = new[] { "src", "tests", "benchmarks" }.SelectMany(folder => Files(RepositoryRoot.File(folder), "*.cs")).ToList();

        files.Count.ShouldBeGreaterThan(100);
        files.Where(file => File.ReadLines(file).Count() > 300).ShouldBeEmpty();
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var documents = Directory.EnumerateFiles(RepositoryRoot.Path, "*.md")
            .Concat(Directory.EnumerateDirectories(RepositoryRoot.Path).Where(f => Path.GetFileName(f) is not ("artifacts" or ".git")).SelectMany(f => Files(f, "*.md")))
            .ToList();

        documents.ShouldContain(RepositoryRoot.File("README.md"));
        documents.SelectMany(document => Link().Matches(File.ReadAllText(document)).Select(m => (document, Target: m.Groups["target"].Value)))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(link.document)!, link.Target)))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> Files(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories);

    /// <summary>To a file of this repository, without the heading in it.</summary>
    [GeneratedRegex(@"\]\((?<target>[^)#:\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
