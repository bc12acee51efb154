using Grid.Experiments.Stages;

namespace Grid.Silo.Runners;

/// <summary>Carries out stages, one at a time. What a slot owns.</summary>
public interface IStageExecutor : IAsyncDisposable
{
    /// <summary>
    /// Carries out one stage. However it ends is a report; nothing else is thrown for a stage that fails, crashes or hangs.
    /// </summary>
    /// <param name="timeLimit">From the moment the stage begins; waiting for others on the machine does not count.</param>
    /// <param name="progress">Share done, 0 to 1, and a short text; called from any thread.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the work was ended.</exception>
    Task<StageReport> Execute(StageOrder order, TimeSpan timeLimit, Action<double, string> progress, CancellationToken cancellation);
}
