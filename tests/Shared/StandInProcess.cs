using System.Diagnostics;

namespace Grid.Tests;

/// <summary>The stand-in runner's executable, and processes of it.</summary>
internal static class StandInProcess
{
    /// <summary>Built into the folder of the same configuration as the tests.</summary>
    public static string File { get; } = RepositoryRoot.File(
        "artifacts", "bin", "StandInRunner", new DirectoryInfo(AppContext.BaseDirectory).Name,
        OperatingSystem.IsWindows() ? "Grid.StandInRunner.exe" : "Grid.StandInRunner");

    /// <summary>Starts it with its input and output in the caller's hands.</summary>
    public static Process Start(params IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo(File, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
