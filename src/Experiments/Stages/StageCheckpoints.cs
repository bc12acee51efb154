namespace Grid.Experiments.Stages;

/// <summary>Where a long stage saves how far it is, and what it goes on from.</summary>
/// <param name="Owner">All that decides the stage's course; a checkpoint of another owner is not gone on from.</param>
/// <param name="Begin">A file to go on from, of which nothing is known yet; null to start at the beginning.</param>
/// <param name="Target">Where to write the one after so many epochs.</param>
/// <param name="Every">Least time from one to the next, and from the start to the first, so that short stages write none.</param>
/// <param name="Saved">Told the path and the epochs done of each file once it is there whole; the file is then his who is told.</param>
public sealed record StageCheckpoints(string Owner, string? Begin, Func<int, string> Target, TimeSpan Every, Action<string, int> Saved)
{
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
