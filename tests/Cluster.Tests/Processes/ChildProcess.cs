using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace Grid.Cluster.Tests.Processes;

/// <summary>A process of a test, whose output is read to its end and which ends with the test.</summary>
internal sealed partial class ChildProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder answer = new();
    private readonly Task reading;

    /// <param name="name">What the test calls it.</param>
    public ChildProcess(string name, ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        (Name, process) = (name, Process.Start(start)!);
        reading = Task.WhenAll(Read(process.StandardOutput, output, answer), Read(process.StandardError, output));
    }

    public string Name { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>What it has printed so far, on either stream.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>The part of it that went to standard output.</summary>
    public string StandardOutput
    {
        get
        {
            lock (output)
                return answer.ToString();
        }
    }

    public void Kill() => Kill(process.Id);

    public void Freeze() => Send(process.Id, Signal.Stop);

    public void Thaw() => Send(process.Id, Signal.Continue);

    public void Terminate() => Send(process.Id, Signal.Terminate);

    /// <summary>Kills any process.</summary>
    public static void Kill(int id) => Send(id, Signal.Kill);

    /// <summary>Waits for its end and answers its exit code.</summary>
    public async Task<int> End(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        await reading;
        return process.ExitCode;
    }

    /// <summary>Waits for its end and answers what it wrote to standard output.</summary>
    /// <exception cref="InvalidOperationException">It did not end with 0.</exception>
    public async Task<string> Answer(CancellationToken cancellation) => await End(cancellation) == 0
        ? StandardOutput
        : throw new InvalidOperationException($"{Name} ended with {process.ExitCode}: {Output}");

    /// <summary>The same as the one JSON document it must be.</summary>
    public async Task<JsonNode> Document(CancellationToken cancellation) => JsonNode.Parse(await Answer(cancellation))!;

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
            process.WaitForExit();
        }
        process.Dispose();
    }

    private static void Send(int id, Signal signal) => _ = kill(id, (int)signal);

    private async Task Read(StreamReader stream, params IReadOnlyList<StringBuilder> into)
    {
        while (await stream.ReadLineAsync() is { } line)
            lock (output)
                foreach (var text in into)
                    text.AppendLine(line);
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
