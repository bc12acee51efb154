using Grid.Experiments.Metrics;
using Grid.Experiments.Stages;
using Grid.Experiments.Telemetry;

namespace Grid.Experiments.Store;

/// <summary>
/// The authority over experiments, trials and stages. Every write is durable when its task completes, and safe to repeat.
/// Thread-safe. Cluster-wide truth lives here alone; grains only cache and schedule.
/// </summary>
/// <exception cref="StoreException">Thrown by any member when the store cannot be read or written: locked, full, read-only, newer schema.</exception>
public interface IExperimentStore : IAsyncDisposable
{
    /// <summary>From now on has every call timed, and seen in the trace that it is part of. Until then nobody looks.</summary>
    void TimeCalls(GridMeter meter);

    /// <summary>Adds the experiment unless its id is there. Answers the row that then stands.</summary>
    Task<ExperimentRow> AddExperiment(ExperimentRow row);
    Task<ExperimentRow?> FindExperiment(string id);

    /// <summary>Oldest first.</summary>
    Task<IReadOnlyList<ExperimentRow>> ListExperiments();

    /// <summary>Those with that status, oldest first.</summary>
    Task<IReadOnlyList<ExperimentRow>> ListExperiments(ExperimentStatus status);

    /// <summary>Sets the status, and the time it finished (null while it runs); a new run also clears what was requested of the last.</summary>
    /// <param name="trace">Where in a trace it was asked for, see Traceparent; null leaves what is known.</param>
    Task SetStatus(string experiment, ExperimentStatus status, DateTimeOffset? finishedAt, string? trace = null);
    Task RequestCancel(string experiment);

    /// <summary>Gives an experiment that does not run another sweep, which tries what the old one did and more.</summary>
    /// <exception cref="StoreException">It runs, or is not there.</exception>
    Task ExtendExperiment(string experiment, string sweep);

    /// <summary>Asks whoever runs the experiment to pause it, or no longer to.</summary>
    Task RequestPause(string experiment, bool pause);

    /// <summary>Sets whose stages go first. A change is heeded while the experiment runs.</summary>
    /// <param name="priority">See <see cref="PoolShare"/>.</param>
    Task SetPriority(string experiment, int priority);

    /// <summary>Sets how many leases the experiment may hold in each pool. A change is heeded while it runs; what is leased stays so.</summary>
    /// <param name="mostSlots">See <see cref="PoolShare"/>.</param>
    Task SetMostSlots(string experiment, int? mostSlots);

    /// <summary>The share of each of those experiments; the usual one of those that are not there.</summary>
    Task<IReadOnlyDictionary<string, PoolShare>> FindShares(IReadOnlyList<string> experiments);

    /// <summary>
    /// In one transaction: removes an experiment that does not run, with its trials and events, and those of the stages that are not leased.
    /// Does nothing when it is not there.
    /// </summary>
    /// <param name="stages">Keys that no other experiment needs.</param>
    /// <exception cref="StoreException">It runs.</exception>
    Task DeleteExperiment(string experiment, IReadOnlyList<string> stages);

    /// <summary>What an experiment took so far; null when it never ran.</summary>
    Task<Spending?> FindSpending(string experiment);

    /// <summary>Records what an experiment took so far, in place of what was recorded before.</summary>
    Task SaveSpending(string experiment, Spending spending);

    /// <summary>Adds those trials that are not there yet.</summary>
    /// <param name="further">Their measurements on other device classes than the sweep's first.</param>
    Task AddTrials(IReadOnlyList<TrialRow> rows, IReadOnlyList<MeasurementRow>? further = null);

    /// <summary>In one transaction: the trial's end, and an event that tells of it. A repeat changes nothing.</summary>
    /// <returns>False when its end was known already.</returns>
    Task<bool> FinishTrial(string experiment, int number, TrialStatus status, string? error, string eventKind, string eventBody, DateTimeOffset at);

    Task<IReadOnlyList<TrialRow>> ListTrials(string experiment);

    /// <summary>The successful trials with the metrics and artifact of their leaf, and the test metrics where there are any.</summary>
    /// <param name="device">The class of a further measurement; null for the sweep's first class.</param>
    /// <param name="after">Only trials of higher numbers.</param>
    /// <param name="max">So many at most, those of the lowest numbers.</param>
    /// <returns>By number.</returns>
    Task<IReadOnlyList<TrialResult>> ListResults(string experiment, string? device = null, int after = -1, int max = int.MaxValue);

    /// <summary>Of the same trials as <see cref="ListResults"/> only what a frontier is computed from: for those who read many, or often.</summary>
    /// <inheritdoc cref="ListResults"/>
    Task<IReadOnlyList<TrialMetrics>> ListMetrics(string experiment, string? device = null, int after = -1, int max = int.MaxValue);

    /// <summary>Adds pending rows for those stages that are not there. Answers the rows that then stand, in the order asked.</summary>
    /// <param name="pool">
    /// What they wait in from now on, also those that are there and not leased or done; null for what a machine by itself has, and to leave
    /// those that are there alone.
    /// </param>
    Task<IReadOnlyList<StageRow>> EnsureStages(IReadOnlyList<StageSpec> specs, string? pool = null);
    Task<IReadOnlyList<StageRow>> FindStages(IReadOnlyList<string> keys);

    /// <summary>
    /// Compare-and-set on the attempt: takes the stage if it is pending, or leased and expired, at exactly that attempt. Null when it is not.
    /// </summary>
    /// <param name="duration">How long the lease holds from now, by the store's clock: the callers' may differ.</param>
    /// <param name="trace">Where in a trace the attempt stands, see Traceparent; null leaves that of the attempt before.</param>
    Task<StageRow?> TryLease(string key, int seenAttempt, string holder, TimeSpan duration, string? trace = null);

    /// <summary>Keys of the stages of a pool on which somebody holds a lease that has not run out.</summary>
    Task<IReadOnlyList<string>> ListLeased(string pool);

    /// <summary>Makes the leases that are still the caller's hold that long from now. Answers those that are not: their work is to be abandoned.</summary>
    Task<IReadOnlyList<StageLease>> Renew(IReadOnlyList<StageLease> leases, TimeSpan duration);

    /// <summary>
    /// Records what the next attempt can go on from, conditional on the attempt, in place of what was recorded before. It is forgotten when
    /// the stage is done or has failed. False when the attempt is not the current one.
    /// </summary>
    /// <param name="artifact">SHA-256 of the checkpoint, in the artifact store.</param>
    Task<bool> Checkpoint(StageLease lease, string artifact);

    /// <summary>Records a result, conditional on the attempt.</summary>
    Task<CompletionAnswer> Complete(StageLease lease, string? artifact, StageResult result, double seconds);

    /// <summary>
    /// Ends an attempt without a result, conditional on the attempt. <paramref name="final"/>: the stage is failed; otherwise it is pending again.
    /// <paramref name="crash"/> counts it as a crash. Answers the row that then stands.
    /// </summary>
    Task<StageRow?> EndAttempt(StageLease lease, string? error, bool crash, bool final);

    /// <summary>A done stage whose artifact is gone or damaged becomes pending again. False when it no longer is what was seen.</summary>
    Task<bool> Invalidate(string key, string artifact);

    /// <summary>Makes failed stages pending again with their crash count cleared, because a user asked for another try.</summary>
    Task Retry(IReadOnlyList<string> keys);

    /// <summary>Ends every lease: only for the sole process of a store, at its start.</summary>
    Task<int> ReleaseAll();

    /// <summary>Ends every lease of a holder that is known to be gone: its stages are pending again. Answers their keys.</summary>
    Task<IReadOnlyList<string>> ReleaseHolder(string holder);

    /// <summary>How many stages there are of each kind and status; those with none are left out.</summary>
    Task<IReadOnlyList<StageCount>> CountStages();

    /// <summary>How many experiments there are of each status; those with none are left out.</summary>
    Task<IReadOnlyList<ExperimentCount>> CountExperiments();

    /// <summary>What waits and is leased in each pool that has any of it; none while no experiment runs.</summary>
    Task<IReadOnlyList<QueueCount>> ListQueues();

    /// <summary>
    /// SHA-256 of every artifact that a stage's row names, as its model or its checkpoint, each once. Users' own models, which the rows of
    /// experiments name within the sweep, are not among them; nor is what was put into the artifact store and is to be recorded yet.
    /// </summary>
    Task<IReadOnlyList<string>> ListArtifacts();

    /// <summary>What each stage refers to.</summary>
    Task<IReadOnlyList<StageLinks>> ListStageLinks();

    Task<long> AppendEvent(string experiment, string kind, string body, DateTimeOffset at);

    /// <summary>Events after the sequence number, oldest first.</summary>
    Task<IReadOnlyList<EventRow>> ReadEvents(string experiment, long after, int max);
}

/// <summary>A lease on a stage: the key, and the attempt as fencing token.</summary>
public readonly record struct StageLease(string Key, int Attempt);

/// <param name="Config">See <see cref="TrialRow"/>.</param>
/// <param name="Metrics">Of the measure stage, without what the test stage found.</param>
/// <param name="Artifact">SHA-256 of the measured model.</param>
public sealed record TrialMetrics(int Number, string Config, bool IsReference, IReadOnlyDictionary<string, Metric> Metrics, string Artifact);

/// <param name="Leaf">The row of the measure stage.</param>
/// <param name="Test">The row of the test stage of the same model; null when there is none that is done.</param>
public sealed record TrialResult(TrialRow Trial, StageRow Leaf, StageRow? Test)
{
    /// <summary>SHA-256 of the measured model.</summary>
    public string Artifact => Leaf.Artifact!;
}

/// <summary>The store cannot do what was asked; the message says what to change.</summary>
public class StoreException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The store could not be reached for as long as it was tried: the server is stopped, restarting, out of connections, or the network is
/// down. The same again may succeed later.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : StoreException(message, inner);
