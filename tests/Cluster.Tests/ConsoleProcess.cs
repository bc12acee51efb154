using System.Diagnostics;
using Grid.Tests;

namespace Grid.Cluster.Tests;

/// <summary>The console as a user of a cluster calls it: a process that ends by itself.</summary>
internal static class ConsoleProcess
{
    private static readonly string executable = RepositoryRoot.File("artifacts", "bin", "Client", new DirectoryInfo(AppContext.BaseDirectory).Name, "grid");

    /// <summary>Answers what it wrote to standard output.</summary>
    /// <exception cref="InvalidOperationException">It did not end with 0.</exception>
    public static async Task<string> Run(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"grid {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
    }
}
