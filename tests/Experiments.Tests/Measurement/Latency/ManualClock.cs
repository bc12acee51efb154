namespace Grid.Experiments.Tests.Measurement.Latency;

/// <summary>A clock of nanoseconds that stands still unless a test moves it.</summary>
internal sealed class ManualClock : TimeProvider
{
    public long Now { get; set; }

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => Now;
}
