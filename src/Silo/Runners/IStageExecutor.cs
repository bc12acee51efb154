using Grid.Experiments.Stages;
using Grid.Experiments.Telemetry;

namespace Grid.Silo.Runners;

/// <summary>Carries out stages, one at a time. What a slot owns.</summary>
public interface IStageExecutor : IAsyncDisposable
{
    /// <summary>
    /// Carries out one stage. However it ends is a report; nothing else is thrown for a stage that fails, crashes or hangs.
    /// </summary>
    /// <param name="timeLimit">From the moment the stage begins; waiting for others on the machine does not count.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the work was ended.</exception>
    Task<StageReport> Execute(StageOrder order, TimeSpan timeLimit, StageObserver observer, CancellationToken cancellation);
}

/// <summary>What becomes known of a stage while it is carried out. Called from any thread, and not to be held up.</summary>
/// <param name="Progress">Share done, 0 to 1, and a short text.</param>
public sealed record StageObserver(Action<double, string> Progress)
{
    /// <summary>A file that a later attempt can go on from, and the epochs done in it; the file is the observer's.</summary>
    public Action<string, int> Checkpoint { get; init; } = (path, _) => File.Delete(path);

    /// <summary>The process that carried stages out is gone; the next stage gets another.</summary>
    public Action<RunnerEnd> RunnerEnded { get; init; } = _ => { };
}

