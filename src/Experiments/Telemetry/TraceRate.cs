namespace Grid.Experiments.Telemetry;

/// <summary>
/// Every trace, but only so many in a second. Stages that take no time end by the thousand: nobody looks at each, and telling of each would hold
/// them up. Thread-safe.
/// </summary>
public sealed class TraceRate(int most, TimeProvider time)
{
    private static readonly TimeSpan window = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private long began = time.GetTimestamp();
    private int begun;

    /// <summary>Whether one more may begin now.</summary>
    public bool Take()
    {
        lock (gate)
        {
            if (time.GetElapsedTime(began) >= window)
                (began, begun) = (time.GetTimestamp(), 0);
            return begun++ < most;
        }
    }
}
