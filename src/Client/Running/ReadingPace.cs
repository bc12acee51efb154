namespace Grid.Client.Running;

/// <summary>Keeps reading the results of a large sweep from taking more than a tenth of the time.</summary>
internal sealed class ReadingPace
{
    private const double Rest = 10;
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private long next;

    /// <summary>Whether enough time has passed since the last reading.</summary>
    public bool IsTime => TimeProvider.System.GetTimestamp() >= next;

    /// <summary>Times a reading until it is disposed of.</summary>
    public IDisposable Measure() => new Reading(this);

    private sealed class Reading(ReadingPace pace) : IDisposable
    {
        private readonly long begun = TimeProvider.System.GetTimestamp();

        public void Dispose()
        {
            var rest = TimeProvider.System.GetElapsedTime(begun) * Rest;
            var ticks = (rest > Least ? rest : Least).TotalSeconds * TimeProvider.System.TimestampFrequency;
            pace.next = TimeProvider.System.GetTimestamp() + (long)ticks;
        }
    }
}
