using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Grid.Silo.Runners;
using Grid.Tests;

namespace Grid.Client.Tests.Running;

/// <summary>The console as a process of its own, whose stages the stand-in carries out.</summary>
internal sealed partial class GridProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task errors;
    private readonly StringBuilder error = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> awaited = [];

    private GridProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        errors = ReadErrors();
    }

    public int Id => process.Id;

    /// <param name="behave">How stages of a kind misbehave: "prune=hang".</param>
    public static GridProcess Start(string? behave, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "grid.exe" : "grid"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[RunnerLocator.Variable] = StandInProcess.File;
        start.Environment["STAND_IN_BEHAVE"] = behave;
        return new GridProcess(Process.Start(start)!);
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<ConsoleRun> Run(string? behave, params string[] arguments)
    {
        using var grid = Start(behave, arguments);
        return await grid.End();
    }

    public async Task<ConsoleRun> End()
    {
        var run = new ConsoleRun(0, await output, await Errors());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return run with { ExitCode = process.ExitCode };
    }

    /// <summary>Waits until that text stands on standard error.</summary>
    public async Task Saw(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (error)
        {
            if (error.ToString().Contains(text))
                return;
            awaited.Add((text, seen));
        }
        if (await Task.WhenAny(seen.Task, errors) == errors)
            error.ToString().ShouldContain(text);
    }

    /// <summary>Waits for the line of standard error that begins so, and answers the rest of it.</summary>
    public async Task<string> Line(string beginning)
    {
        await Saw(beginning);
        lock (error)
            return error.ToString().Split('\n').First(l => l.StartsWith(beginning, StringComparison.Ordinal))[beginning.Length..].Trim();
    }

    public void Interrupt() => kill(process.Id, (int)Signal.Interrupt).ShouldBe(0);

    public void Kill() => process.Kill();

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private async Task<string> Errors()
    {
        await errors;
        return error.ToString();
    }

    private async Task ReadErrors()
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
            lock (error)
            {
                error.AppendLine(line);
                foreach (var (text, seen) in awaited)
                    if (line.Contains(text))
                        seen.TrySetResult();
            }
    }

    private enum Signal
    {
        Interrupt = 2,
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
