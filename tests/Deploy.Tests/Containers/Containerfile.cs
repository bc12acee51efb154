using System.Text.RegularExpressions;
using Grid.Tests;

namespace Grid.Deploy.Tests.Containers;

/// <summary>A Containerfile as its instructions. Nothing here can build it, so it is read.</summary>
internal sealed partial record Containerfile(string Name, IReadOnlyList<(string Instruction, string Arguments)> Lines)
{
    public static TheoryData<string> Names { get; } =
        [.. Directory.EnumerateFiles(RepositoryRoot.File("deploy", "containers"), "*.Containerfile").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public static Containerfile Read(string name)
    {
        var text = Continuation().Replace(File.ReadAllText(RepositoryRoot.File("deploy", "containers", name)), " ");
        return new(name, [.. text.Split('\n').Where(l => l.Length > 0 && !l.StartsWith('#')).Select(l => l.Split(' ', 2)).Select(l => (l[0], l[1].Trim()))]);
    }

    public IEnumerable<string> Arguments(string instruction) => Lines.Where(l => l.Instruction == instruction).Select(l => l.Arguments);

    /// <summary>What the last stage is made of.</summary>
    public IReadOnlyList<(string Instruction, string Arguments)> Final => [.. Lines.Skip(Lines.ToList().FindLastIndex(l => l.Instruction == "FROM"))];

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continuation();
}
