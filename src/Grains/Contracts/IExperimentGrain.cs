using System.ComponentModel.DataAnnotations;
using Grid.Experiments.Telemetry;
using Orleans.Concurrency;

namespace Grid.Grains.Contracts;

/// <summary>
/// Owns one experiment while it runs: asks the strategy for trials, takes each through its stages, records their ends. The key is
/// the experiment's id; its row must be in the store before. Every call is short and safe to repeat.
/// </summary>
[Alias(GridGrains.ExperimentAlias)]
public interface IExperimentGrain : IGrainWithStringKey
{
    /// <summary>Begins or goes on; the store says so when the call returns. Does nothing while it runs already.</summary>
    /// <param name="retryFailed">Whether stages that failed before are tried again.</param>
    /// <param name="trace">Where in a trace it is asked for, see <see cref="Traceparent"/>; attempts at its stages link to it.</param>
    /// <exception cref="Grid.Experiments.Store.StoreException">There is no such experiment, or the store cannot be read or written.</exception>
    [Alias("start")]
    Task Start(bool retryFailed, [RegularExpression(Traceparent.Pattern)] string? trace = null);

    /// <summary>
    /// Sees to it that an experiment which the store calls running does run: begins it again when its grain was lost with its silo.
    /// </summary>
    /// <param name="askAgain">A silo was lost, and with it perhaps what waits: every stage is asked for again.</param>
    [Alias("keep")]
    Task Keep(bool askAgain);

    /// <summary>Ends the experiment: nothing new is begun and what only it was waiting for is abandoned.</summary>
    [Alias("cancel")]
    Task Cancel();

    /// <summary>The same for now: it can go on later.</summary>
    [Alias("interrupt")]
    Task Interrupt();

    [Alias("view")]
    Task<ExperimentView> View();

    /// <summary>
    /// Events after that sequence number; waits for the first up to <paramref name="wait"/>, then answers an empty page. A reader
    /// that lost its connection asks again from the last number it saw.
    /// </summary>
    [Alias("events")]
    Task<IReadOnlyList<ExperimentEvent>> Events(long after, TimeSpan wait, CancellationToken cancellation = default);

    /// <summary>A stage this experiment waits for has ended. Called by the shard of the stage; repeats are ignored.</summary>
    [Alias("stage-ended"), OneWay]
    Task StageEnded(StageEnd end);
}
