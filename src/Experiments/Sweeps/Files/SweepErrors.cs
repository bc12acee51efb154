using Grid.Experiments.Sweeps.Files.Yaml;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>Collects the errors of one file.</summary>
internal sealed class SweepErrors(string file)
{
    /// <summary>A file with more errors has one cause, not a hundred.</summary>
    public const int Most = 100;

    private readonly List<SweepError> found = [];
    private int count;

    public bool Any => count > 0;

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<SweepError> All => count <= Most
        ? [.. InOrder()]
        : [.. InOrder(), new SweepError(file, 0, null, null, null, $"there are {count - Most} more errors.")];

    /// <summary>About a value: it stands in the message.</summary>
    public void Add(YamlItem at, string? key, string message) => Add(at.Line, at.Column, key, at.Shown, message);

    public void Add(int line, int? column, string? key, string? value, string message)
    {
        if (++count <= Most)
            found.Add(new SweepError(file, line, column, key, value, message));
    }

    private IEnumerable<SweepError> InOrder() => found.OrderBy(e => e.Line).ThenBy(e => e.Column);
}
