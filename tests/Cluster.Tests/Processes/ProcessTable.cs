using System.Text;

namespace Grid.Cluster.Tests.Processes;

/// <summary>Linux' list of processes. One that ends while it is looked at counts as ended.</summary>
internal static class ProcessTable
{
    /// <summary>Ids of those that a process has started and that live.</summary>
    public static IReadOnlyList<int> ChildrenOf(int parent) => [.. All.Where(id => ParentOf(id) == parent)];

    /// <summary>Ids of those that live and have that text in their environment.</summary>
    public static IReadOnlyList<int> WithEnvironment(string text) => [.. All.Where(id => Read(id, "environ").Contains(text, StringComparison.Ordinal))];

    /// <summary>Null once it has ended, also while nobody has asked for its exit code.</summary>
    public static int? ParentOf(int id)
    {
        // PID (NAME) STATE PARENT ...; the name may hold anything.
        var state = Read(id, "stat");
        var fields = state[(state.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 2 || fields[0] == "Z" ? null : int.Parse(fields[1]);
    }

    private static IEnumerable<int> All =>
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => name!.All(char.IsAsciiDigit)).Select(name => int.Parse(name!));

    private static string Read(int id, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
