namespace Grid.Silo.Telemetry;

/// <summary>
/// Reads the store when somebody looks at a gauge, and never while nobody does. After a reading it rests for a second, and twenty times as long as the reading
/// took: however often somebody looks, that costs a twentieth of a processor at most. Thread-safe.
/// </summary>
/// <param name="read">Leaves what it found where the gauges take it from. Told when to stop.</param>
internal sealed class GaugeReading(Func<CancellationToken, Task> read, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan shortestRest = TimeSpan.FromSeconds(1);

    /// <summary>How long somebody who looks waits: exporters look from threads of their own.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private Task reading = Task.CompletedTask;
    private (long Since, TimeSpan Time) rest;

    /// <summary>Reads, unless it rests, and waits for that a moment: what takes longer is seen by who looks next.</summary>
    public void Look()
    {
        Task current;
        lock (gate)
        {
            if (reading.IsCompleted && !stop.IsCancellationRequested && time.GetElapsedTime(rest.Since) >= rest.Time)
                reading = Task.Run(Read);
            current = reading;
        }
        current.Wait(patience);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Task last;
        lock (gate)
            last = reading;
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Read()
    {
        var begun = time.GetTimestamp();
        try
        {
            await read(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            rest = (time.GetTimestamp(), RestAfter(time.GetElapsedTime(begun)));
        }
    }

    private static TimeSpan RestAfter(TimeSpan work) => work * 20 > shortestRest ? work * 20 : shortestRest;
}
