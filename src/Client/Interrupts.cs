using System.Runtime.InteropServices;

namespace Grid.Client;

/// <summary>Turns the first Ctrl-C (or termination signal) into a request to stop; the second ends the process at once.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly TextWriter error;

    public Interrupts(TextWriter error)
    {
        this.error = error;
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (source.IsCancellationRequested)
            Environment.Exit(ExitCodes.Interrupted);
        error.WriteLine("Stopping: what is finished is kept. Press Ctrl-C again to leave at once.");
        source.Cancel();
    }
}
