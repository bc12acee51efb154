using System.Diagnostics;
using Grid.Grains.Contracts;

namespace Grid.Silo.Slots;

/// <summary>A stage this silo has leased, from the lease until its end is recorded.</summary>
internal sealed class HeldLease(LeasedStage stage) : IDisposable
{
    private readonly CancellationTokenSource abandon = new();
    private volatile StageProgress progress = new(stage.Key, stage.Attempt, 0, "");

    public LeasedStage Stage { get; } = stage;

    public StageProgress Progress => progress;

    /// <summary>Null until the stage begins, and for stages that save none.</summary>
    public CheckpointKeeper? Checkpoints { get; set; }

    /// <summary>Null until the stage begins, and where nobody traces.</summary>
    public Activity? Span { get; set; }

    /// <summary>Cancelled when nobody waits for the result any more, or it is another's to compute.</summary>
    public CancellationToken Abandoned => abandon.Token;

    public void Report(double fraction, string text) => progress = progress with { Fraction = fraction, Text = text };

    /// <summary>Nothing is to be done about one whose end was recorded while the pool was asked about it.</summary>
    public void Abandon()
    {
        try
        {
            abandon.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended.
        }
    }

    public void Dispose()
    {
        Span?.Dispose();
        abandon.Dispose();
    }
}
