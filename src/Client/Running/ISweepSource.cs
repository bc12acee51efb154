using Grid.Client.Live;
using Grid.Experiments.Store;

namespace Grid.Client.Running;

/// <summary>A sweep to follow, in this process or in another.</summary>
internal interface ISweepSource
{
    /// <summary>How it stands now, without outcome and troubles.</summary>
    Task<LiveFrame> Look();

    /// <summary>Events after that sequence number, oldest first; none when there is nothing new.</summary>
    Task<IReadOnlyList<EventRow>> Events(long after);

    /// <summary>Tells the user what a request to stop does; null when there is nothing to tell.</summary>
    string? Stopping { get; }

    /// <summary>What the user's request to stop means: ends the sweep for now, or nothing. Answers whether the sweep is to be followed to its end.</summary>
    Task<bool> Stop();
}
