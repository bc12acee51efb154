namespace Grid.Experiments.Store.Relational;

/// <summary>How long to try again what failed for a reason that may pass, with growing pauses in between.</summary>
/// <param name="Longest">From the first try; 0: one try and no more.</param>
internal sealed record Retries(TimeSpan Longest, TimeProvider Time)
{
    private const int MostDoublings = 6;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(15);

    public static Retries None { get; } = new(TimeSpan.Zero, TimeProvider.System);

    public long Begin() => Time.GetTimestamp();

    public bool IsOver(long begun) => Time.GetElapsedTime(begun) >= Longest;

    /// <summary>15 ms after the first try, doubling up to about a second.</summary>
    /// <param name="tries">How often it was tried, from 1.</param>
    public Task Pause(int tries, CancellationToken cancellation = default) =>
        Task.Delay(FirstPause * (1 << Math.Min(tries - 1, MostDoublings)), Time, cancellation);
}
