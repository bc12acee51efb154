using Grid.Experiments.Stages;

namespace Grid.Experiments.Training.Checkpoints;

/// <summary>Goes on from a checkpoint, and saves one between two epochs when enough time has passed since the last.</summary>
/// <param name="places">Null where nobody keeps checkpoints.</param>
internal sealed class TrainingCheckpoints(StageCheckpoints? places)
{
    private string? beginning;
    private string? unsaved;
    private long last = places?.Time.GetTimestamp() ?? 0;

    /// <summary>What a user should know of them.</summary>
    public IReadOnlyList<string> Notes => [.. new[] { beginning, unsaved }.OfType<string>()];

    /// <summary>A training as its checkpoint has it, or at its beginning where there is none that can be used.</summary>
    /// <param name="create">A training at its beginning.</param>
    public TrainingState Begin(Func<TrainingState> create)
    {
        var training = create();
        if (places?.Begin is not { } path)
            return training;
        try
        {
            training.EpochsDone = CheckpointFile.Read(path, places.Owner, training.Load);
            beginning = $"went on from a checkpoint after epoch {training.EpochsDone}";
            return training;
        }
        catch (CheckpointException e)
        {
            beginning = $"began anew, as its checkpoint could not be used: {e.Message}";
            // Some of it may be loaded.
            training.Dispose();
            return create();
        }
    }

    /// <summary>Saves one if it is time.</summary>
    public void Offer(TrainingState training)
    {
        if (places is null || places.Time.GetElapsedTime(last) < places.Every)
            return;
        var path = places.Target(training.EpochsDone);
        try
        {
            CheckpointFile.Write(path, places.Owner, training.EpochsDone, training.Save);
            places.Saved(path, training.EpochsDone);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Training gets to its end without.
            unsaved = $"no checkpoint after epoch {training.EpochsDone}: {e.Message}";
        }
        last = places.Time.GetTimestamp();
    }
}
