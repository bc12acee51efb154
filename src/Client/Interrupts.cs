using System.Runtime.InteropServices;

namespace Grid.Client;

/// <summary>Turns the first Ctrl-C (or termination signal) into a request to stop; the second ends the process at once.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];

    public Interrupts()
    {
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
            Leave();
        source.Cancel();
    }

    private static void Leave()
    {
        // A live view hides the cursor and has no time left to show it again.
        if (!Console.IsOutputRedirected)
            Console.CursorVisible = true;
        Environment.Exit(ExitCodes.Interrupted);
    }
}
