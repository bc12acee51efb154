namespace Grid.Grains.Contracts;

/// <summary>
/// Owns one experiment while it runs: asks the strategy for trials, turns each into stages, records their ends. The key is the
/// experiment's id; its row must be in the store before. Every call is short and safe to repeat.
/// </summary>
[Alias("grid.experiment")]
public interface IExperimentGrain : IGrainWithStringKey
{
    /// <summary>Begins or goes on. Does nothing while it runs already.</summary>
    /// <param name="retryFailed">Whether stages that failed before are tried again.</param>
    [Alias("start")]
    Task Start(bool retryFailed);

    /// <summary>Ends the experiment: nothing new is begun and what only it was waiting for is abandoned.</summary>
    [Alias("cancel")]
    Task Cancel();

    [Alias("view")]
    Task<ExperimentView> View();

    /// <summary>Events after that sequence number; waits for the first up to <paramref name="wait"/>, then answers an empty page.</summary>
    [Alias("events")]
    Task<IReadOnlyList<ExperimentEvent>> Events(long after, TimeSpan wait);

    /// <summary>A stage this experiment waits for has ended. Called by the stage's grain; repeats are ignored.</summary>
    [Alias("stage-ended")]
    Task StageEnded(StageEnd end);
}
