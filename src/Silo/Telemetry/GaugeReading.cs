using Microsoft.Extensions.Logging;

namespace Grid.Silo.Telemetry;

/// <summary>
/// Reads the store when somebody looks at a gauge, and never while nobody does. After a reading it rests for a second, and twenty times as long as the reading
/// took, but no longer than <see cref="LongestRest"/>. Thread-safe.
/// </summary>
/// <param name="read">Leaves what it found where the gauges take it from. Told when to stop.</param>
/// <param name="forget">Done when that failed: what is not known is not told.</param>
/// <param name="patience">How long somebody who looks waits for a reading, from its beginning.</param>
internal sealed partial class GaugeReading(
    Func<CancellationToken, Task> read, Action forget, TimeSpan patience, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>What took long because the store or the machine was busy is not to be missing for minutes.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan shortestRest = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private Task reading = Task.CompletedTask;
    private long begun;
    private (long Since, TimeSpan Time) rest;

    /// <summary>
    /// Reads, unless it rests, and waits for that a moment: what takes longer is seen by who looks next. On a thread of the pool it does not wait, as
    /// the reading itself may need that thread, and so may all the silo's work.
    /// </summary>
    public void Look()
    {
        var current = Begin();
        var left = patience - time.GetElapsedTime(begun);
        if (left > TimeSpan.Zero && !Thread.CurrentThread.IsThreadPoolThread)
            current.Wait(left);
    }

    /// <summary>Reads, unless it rests.</summary>
    /// <returns>Ends with the reading that runs, and never fails.</returns>
    public Task Begin()
    {
        lock (gate)
        {
            if (reading.IsCompleted && !stop.IsCancellationRequested && time.GetElapsedTime(rest.Since) >= rest.Time)
            {
                begun = time.GetTimestamp();
                reading = Task.Run(Read);
            }
            return reading;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Task last;
        lock (gate)
            last = reading;
        await last;
    }

    private async Task Read()
    {
        var took = shortestRest;
        try
        {
            await read(stop.Token);
            took = time.GetElapsedTime(begun) * 20;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (Exception e)
        {
            forget();
            ReadFailed(logger, Grains.Patience.IsPassing(e) ? e.Message : e.ToString());
        }
        rest = (time.GetTimestamp(), TimeSpan.FromTicks(Math.Clamp(took.Ticks, shortestRest.Ticks, LongestRest.Ticks)));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading the store for gauges failed; trying again: {Reason}")]
    private static partial void ReadFailed(ILogger logger, string reason);
}
