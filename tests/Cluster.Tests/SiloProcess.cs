using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Grid.Silo.Runners;
using Grid.Tests;

namespace Grid.Cluster.Tests;

/// <summary>A silo of a cluster as a process of its own, whose stages the stand-in carries out.</summary>
internal sealed partial class SiloProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly Task reading;

    private SiloProcess(string name, Process process)
    {
        (Name, this.process) = (name, process);
        reading = Task.WhenAll(Read(process.StandardOutput), Read(process.StandardError));
    }

    public string Name { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>What it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    public static string Executable { get; } = RepositoryRoot.File("artifacts", "bin", "Silo", new DirectoryInfo(AppContext.BaseDirectory).Name, "Grid.Silo");

    public static SiloProcess Start(string name, IReadOnlyDictionary<string, string?> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[RunnerLocator.Variable] = StandInProcess.File;
        start.Environment["GRID_SILO_NAME"] = name;
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        return new SiloProcess(name, Process.Start(start)!);
    }

    public void Kill() => Send(Signal.Kill);

    public void Freeze() => Send(Signal.Stop);

    public void Thaw() => Send(Signal.Continue);

    public void Terminate() => Send(Signal.Terminate);

    public async Task<int> End(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        await reading;
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Send(Signal.Kill);
            process.WaitForExit();
        }
        process.Dispose();
    }

    private void Send(Signal signal) => _ = kill(process.Id, (int)signal);

    private async Task Read(StreamReader stream)
    {
        while (await stream.ReadLineAsync() is { } line)
            lock (output)
                output.AppendLine(line);
    }

    private enum Signal
    {
        Kill = 9,
        Terminate = 15,
        Continue = 18,
        Stop = 19,
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
