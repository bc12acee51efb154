using System.Diagnostics;
using Grid.Experiments.Running;
using Grid.Experiments.Stages;
using Grid.Experiments.Telemetry;

namespace Grid.Silo.Runners;

/// <summary>One runner process from its start to its end, and the last it printed.</summary>
internal sealed class RunnerChild : IDisposable
{
    /// <summary>Beginnings of variables that a silo needs and a runner does not: what native code cannot read it cannot give away. And the silo's own name.</summary>
    private static readonly string[] secrets = ["GRID_STORE", "GRID_TLS_", "PGPASS", OtelVariables.ServiceName];

    private readonly Process process;
    private readonly RecordReader messages;
    private readonly OutputTail output = new();
    private readonly Task errors;

    /// <exception cref="System.ComponentModel.Win32Exception">The executable cannot be started.</exception>
    public RunnerChild(RunnerOptions options)
    {
        var start = new ProcessStartInfo(options.Executable ?? RunnerLocator.Find(), "run")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => secrets.Any(s => name.StartsWith(s, StringComparison.Ordinal))).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        messages = new RecordReader(process.StandardOutput.BaseStream, output.Append);
        errors = CopyErrors();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Bytes of memory in use.</summary>
    public long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.HasExited ? 0 : process.WorkingSet64;
        }
    }

    /// <exception cref="IOException">The process has ended.</exception>
    public async Task Send(StageOrder order, CancellationToken cancellation)
    {
        output.Clear();
        var input = process.StandardInput.BaseStream;
        await input.WriteAsync(RunnerProtocol.Frame(new OrderMessage(order)), cancellation);
        await input.FlushAsync(cancellation);
    }

    /// <summary>The next message; null when the process closed its output, which is when it ends.</summary>
    public ValueTask<RunnerMessage?> Receive(CancellationToken cancellation) => messages.Read(cancellation);

    /// <summary>Tells it that there are no more orders: it then ends by itself.</summary>
    public void Dismiss()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended.
        }
    }

    /// <summary>Ends the process if it has not ended yet, and waits for it.</summary>
    public async Task Kill()
    {
        process.Kill();
        await WaitForEnd();
    }

    /// <summary>Answers the exit code of a process that closed its output. One that goes on all the same is killed.</summary>
    public async Task<int> WaitForEnd()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await process.WaitForExitAsync(patience.Token);
            await errors.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
        return process.ExitCode;
    }

    /// <summary>The last it printed since the last order, on either stream.</summary>
    public string LastOutput => output.ToString();

    public void Dispose() => process.Dispose();

    private async Task CopyErrors()
    {
        var buffer = new byte[4096];
        var stream = process.StandardError.BaseStream;
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var count)
                output.Append(buffer.AsSpan(0, count));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The stream broke off with its process: what was read is all there is.
        }
    }
}
