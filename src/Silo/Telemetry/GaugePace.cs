namespace Grid.Silo.Telemetry;

/// <summary>
/// How long to rest from reading the store for gauges: a hundred times as long as that took, so that it costs a hundredth of a processor; but no more
/// than ten seconds, unless that were more than a twentieth. What takes long because the machine is busy is not to be missing for minutes.
/// </summary>
internal static class GaugePace
{
    private static readonly TimeSpan shortest = TimeSpan.FromSeconds(5), usuallyLongest = TimeSpan.FromSeconds(10);

    /// <summary>Does it again and again, resting between, until it is to stop.</summary>
    public static async Task Keep(Func<CancellationToken, Task> work, TimeProvider time, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var begun = time.GetTimestamp();
                await work(stop);
                await Task.Delay(RestAfter(time.GetElapsedTime(begun)), time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    public static TimeSpan RestAfter(TimeSpan work) => Longer(Longer(shortest, work * 20), work * 100 < usuallyLongest ? work * 100 : usuallyLongest);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
