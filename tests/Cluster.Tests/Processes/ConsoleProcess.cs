using System.Diagnostics;
using System.Text.Json.Nodes;
using Grid.Tests;

namespace Grid.Cluster.Tests.Processes;

/// <summary>The console as a user of a cluster calls it: a process that ends by itself.</summary>
internal static class ConsoleProcess
{
    private static readonly string executable = RepositoryRoot.File("artifacts", "bin", "Client", new DirectoryInfo(AppContext.BaseDirectory).Name, "grid");

    /// <summary>Answers the document of a command.</summary>
    /// <exception cref="InvalidOperationException">It did not end with 0.</exception>
    public static async Task<JsonNode> Document(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        JsonNode.Parse(await Run(environment, [.. arguments, "--json"]))!;

    /// <summary>Answers what it wrote to standard output.</summary>
    /// <exception cref="InvalidOperationException">It did not end with 0.</exception>
    public static async Task<string> Run(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"grid {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await errors}");
    }
}
