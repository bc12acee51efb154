using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using static Grid.Experiments.Telemetry.GridTelemetry;

namespace Grid.Silo.Telemetry;

/// <summary>A store whose calls are timed, and seen in the traces that they are part of. Used only where somebody looks.</summary>
/// <param name="inner">Stays its owner's to dispose of.</param>
internal sealed class MeteredStore(IExperimentStore inner, GridMeter meter, TimeProvider time) : IExperimentStore, IDisposable
{
    public Task<ExperimentRow> AddExperiment(ExperimentRow row) => Call(nameof(AddExperiment), () => inner.AddExperiment(row));

    public Task<ExperimentRow?> FindExperiment(string id) => Call(nameof(FindExperiment), () => inner.FindExperiment(id));

    public Task<IReadOnlyList<ExperimentRow>> ListExperiments() => Call(nameof(ListExperiments), () => inner.ListExperiments());

    public Task<IReadOnlyList<ExperimentRow>> ListExperiments(ExperimentStatus status) =>
        Call(nameof(ListExperiments), () => inner.ListExperiments(status));

    public Task SetStatus(string experiment, ExperimentStatus status, DateTimeOffset? finishedAt, string? trace = null) =>
        Call(nameof(SetStatus), () => inner.SetStatus(experiment, status, finishedAt, trace));

    public Task RequestCancel(string experiment) => Call(nameof(RequestCancel), () => inner.RequestCancel(experiment));

    public Task ExtendExperiment(string experiment, string sweep) =>
        Call(nameof(ExtendExperiment), () => inner.ExtendExperiment(experiment, sweep));

    public Task RequestPause(string experiment, bool pause) => Call(nameof(RequestPause), () => inner.RequestPause(experiment, pause));

    public Task SetPriority(string experiment, int priority) => Call(nameof(SetPriority), () => inner.SetPriority(experiment, priority));

    public Task SetMostSlots(string experiment, int? mostSlots) => Call(nameof(SetMostSlots), () => inner.SetMostSlots(experiment, mostSlots));

    public Task<IReadOnlyDictionary<string, PoolShare>> FindShares(IReadOnlyList<string> experiments) =>
        Call(nameof(FindShares), () => inner.FindShares(experiments));

    public Task<Spending?> FindSpending(string experiment) => Call(nameof(FindSpending), () => inner.FindSpending(experiment));

    public Task SaveSpending(string experiment, Spending spending) => Call(nameof(SaveSpending), () => inner.SaveSpending(experiment, spending));

    public Task DeleteExperiment(string experiment, IReadOnlyList<string> stages) =>
        Call(nameof(DeleteExperiment), () => inner.DeleteExperiment(experiment, stages));

    public Task AddTrials(IReadOnlyList<TrialRow> rows, IReadOnlyList<MeasurementRow>? further = null) =>
        Call(nameof(AddTrials), () => inner.AddTrials(rows, further));

    public Task<bool> FinishTrial(
        string experiment, int number, TrialStatus status, string? error, string eventKind, string eventBody, DateTimeOffset at) =>
        Call(nameof(FinishTrial), () => inner.FinishTrial(experiment, number, status, error, eventKind, eventBody, at));

    public Task<IReadOnlyList<TrialRow>> ListTrials(string experiment) => Call(nameof(ListTrials), () => inner.ListTrials(experiment));

    public Task<IReadOnlyList<TrialResult>> ListResults(string experiment, string? device = null, int after = -1, int max = int.MaxValue) =>
        Call(nameof(ListResults), () => inner.ListResults(experiment, device, after, max));

    public Task<IReadOnlyList<TrialMetrics>> ListMetrics(string experiment, string? device = null, int after = -1, int max = int.MaxValue) =>
        Call(nameof(ListMetrics), () => inner.ListMetrics(experiment, device, after, max));

    public Task<IReadOnlyList<StageRow>> EnsureStages(IReadOnlyList<StageSpec> specs, string? pool = null) =>
        Call(nameof(EnsureStages), () => inner.EnsureStages(specs, pool));

    public Task<IReadOnlyList<StageRow>> FindStages(IReadOnlyList<string> keys) => Call(nameof(FindStages), () => inner.FindStages(keys));

    public Task<IReadOnlyList<string>> ListLeased(string pool) => Call(nameof(ListLeased), () => inner.ListLeased(pool));

    public Task<StageRow?> TryLease(string key, int seenAttempt, string holder, TimeSpan duration, string? trace = null) =>
        Call(nameof(TryLease), () => inner.TryLease(key, seenAttempt, holder, duration, trace));

    public Task<IReadOnlyList<StageLease>> Renew(IReadOnlyList<StageLease> leases, TimeSpan duration) =>
        Call(nameof(Renew), () => inner.Renew(leases, duration));

    public Task<bool> Checkpoint(StageLease lease, string artifact) => Call(nameof(Checkpoint), () => inner.Checkpoint(lease, artifact));

    public Task<CompletionAnswer> Complete(StageLease lease, string? artifact, StageResult result, double seconds) =>
        Call(nameof(Complete), () => inner.Complete(lease, artifact, result, seconds));

    public Task<StageRow?> EndAttempt(StageLease lease, string? error, bool crash, bool final) =>
        Call(nameof(EndAttempt), () => inner.EndAttempt(lease, error, crash, final));

    public Task<bool> Invalidate(string key, string artifact) => Call(nameof(Invalidate), () => inner.Invalidate(key, artifact));

    public Task Retry(IReadOnlyList<string> keys) => Call(nameof(Retry), () => inner.Retry(keys));

    public Task<int> ReleaseAll() => Call(nameof(ReleaseAll), () => inner.ReleaseAll());

    public Task<IReadOnlyList<string>> ReleaseHolder(string holder) => Call(nameof(ReleaseHolder), () => inner.ReleaseHolder(holder));

    public Task<IReadOnlyList<StageCount>> CountStages() => Call(nameof(CountStages), () => inner.CountStages());

    public Task<IReadOnlyList<ExperimentCount>> CountExperiments() => Call(nameof(CountExperiments), () => inner.CountExperiments());

    public Task<IReadOnlyList<QueueCount>> ListQueues() => Call(nameof(ListQueues), () => inner.ListQueues());

    public Task<IReadOnlyList<string>> ListArtifacts() => Call(nameof(ListArtifacts), () => inner.ListArtifacts());

    public Task<IReadOnlyList<StageLinks>> ListStageLinks() => Call(nameof(ListStageLinks), () => inner.ListStageLinks());

    public Task<long> AppendEvent(string experiment, string kind, string body, DateTimeOffset at) =>
        Call(nameof(AppendEvent), () => inner.AppendEvent(experiment, kind, body, at));

    public Task<IReadOnlyList<EventRow>> ReadEvents(string experiment, long after, int max) =>
        Call(nameof(ReadEvents), () => inner.ReadEvents(experiment, after, max));

    public void Dispose()
    {
        // For whoever owns this, as a container does.
    }

    public ValueTask DisposeAsync() => default;

    private Task<bool> Call(string operation, Func<Task> call) => Call(operation, async () =>
    {
        await call();
        return true;
    });

    private async Task<T> Call<T>(string operation, Func<Task<T>> call)
    {
        using var span = Tracing.Part(Spans.Store)?.With(Attributes.StoreOperation, operation);
        var begun = time.GetTimestamp();
        var done = false;
        try
        {
            var answer = await call();
            done = true;
            return answer;
        }
        catch (StoreException e)
        {
            span?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, e.Message);
            throw;
        }
        finally
        {
            meter.StoreCalled(operation, time.GetElapsedTime(begun), done);
        }
    }
}
