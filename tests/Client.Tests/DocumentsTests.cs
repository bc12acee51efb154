using System.Text.RegularExpressions;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Files;
using Grid.Tests;

namespace Grid.Client.Tests;

/// <summary>What the documents tell people to type.</summary>
public sealed partial class DocumentsTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("examples/README.md")]
    [InlineData("docs/security.md")]
    [InlineData("docs/cluster.md")]
    public void Commands_in_documents_can_be_parsed(string document)
    {
        var commands = Command().Matches(Text(document)).Select(m => m.Groups["arguments"].Value).ToList();

        commands.Count.ShouldBeGreaterThan(2);
        foreach (var command in commands)
            GridConsole.Root().Parse(command.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Errors.Select(e => $"grid {command}: {e.Message}").ShouldBeEmpty();
    }

    [Fact]
    public void The_sweep_that_the_README_explains_is_the_example()
    {
        var explained = SweepFile.Parse(Yaml().Match(Text("README.md")).Groups["text"].Value, "README.md");

        explained.Errors.Select(e => e.ToString()).ShouldBeEmpty();
        SweepJson.Write(explained.Sweep!).ShouldBe(SweepJson.Write(SweepFile.Read(RepositoryRoot.File("examples", "fashion-mnist.yaml")).Sweep!));
    }

    private static string Text(string document) => File.ReadAllText(RepositoryRoot.File(document));

    /// <summary>A line of a code block, without its comment.</summary>
    [GeneratedRegex(@"^grid (?<arguments>[^#\n]+)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"^```yaml\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
