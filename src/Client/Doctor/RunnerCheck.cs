using System.ComponentModel;
using System.Diagnostics;
using Grid.Silo.Runners;

namespace Grid.Client.Doctor;

/// <summary>Whether the program that computes stages is there, and its native libraries load.</summary>
internal static class RunnerCheck
{
    private const string Name = "runner";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="find">Answers the runner's path, or throws <see cref="RunnerNotFoundException"/>.</param>
    public static async Task<Check> Run(Func<string> find, CancellationToken cancellation)
    {
        string path;
        try
        {
            path = find();
        }
        catch (RunnerNotFoundException e)
        {
            return Check.Problem(Name, "not found", e.Message);
        }
        try
        {
            var (code, output) = await Start(path, cancellation);
            return code == 0
                ? Check.Ok(Name, $"{path}: {output}")
                : Check.Problem(Name, $"{path} ends with code {code}: {output}", "Build it again (dotnet build src/Runner -c Release); its build prepares the native libraries for this system.");
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return Check.Problem(Name, $"{path} cannot be started: {e.Message}", $"Name the executable in {RunnerLocator.Variable}, or build it: dotnet build src/Runner -c Release");
        }
    }

    private static async Task<(int Code, string Output)> Start(string path, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var process = Process.Start(new ProcessStartInfo(path, "check") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, $"{await output} {await error}".Trim());
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new InvalidOperationException($"it did not answer within {Patience.TotalSeconds:0} s.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
