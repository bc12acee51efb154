using System.Text.Json;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains.Contracts;

namespace Grid.Grains.Experiments;

/// <summary>The events of one experiment: rows of the store, and a signal for those who wait for the next.</summary>
internal sealed class EventFeed(string experiment, IExperimentStore store, GridMeter meter, TimeProvider time)
{
    private const int Page = 500;

    private TaskCompletionSource written = NewSignal();

    public async Task Append(string kind, object body)
    {
        await store.AppendEvent(experiment, kind, Json(body), time.GetUtcNow());
        Written();
    }

    /// <summary>Tells of an attempt that ended without success: the row of its stage keeps only the last.</summary>
    public Task AttemptEnded(StageKind kind, StageEnd end) => Append(end.Ending == StageEnding.Retried ? EventKinds.StageRetried : EventKinds.AttemptFailed, new
    {
        stage = end.Key,
        kind,
        error = end.Error,
        attempt = end.Attempt?.Number,
        outcome = end.Attempt?.Outcome,
        silo = end.Attempt?.Holder is { } holder ? HolderName.Silo(holder) : null,
    });

    /// <summary>Records a trial's end and tells of it in one.</summary>
    public async Task FinishTrial(int number, string? error)
    {
        var (status, kind, body) = error is null
            ? (TrialStatus.Succeeded, EventKinds.TrialSucceeded, Json(new { trial = number }))
            : (TrialStatus.Failed, EventKinds.TrialFailed, Json(new { trial = number, error }));
        // A run that was taken over ends trials again that had ended.
        if (await store.FinishTrial(experiment, number, status, error, kind, body, time.GetUtcNow()))
            meter.TrialEnded(status == TrialStatus.Succeeded);
        Written();
    }

    public async Task<IReadOnlyList<ExperimentEvent>> Read(long after, TimeSpan wait, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            // Taken before reading, so that none is missed in between.
            var next = written.Task;
            var rows = await store.ReadEvents(experiment, after, Page);
            var left = wait - time.GetElapsedTime(begun);
            if (rows.Count > 0 || left <= TimeSpan.Zero)
                return [.. rows.Select(r => new ExperimentEvent(r.Sequence, r.At, r.Kind, r.Body))];
            try
            {
                await next.WaitAsync(left, time, cancellation);
            }
            catch (TimeoutException)
            {
                return [];
            }
        }
    }

    private void Written()
    {
        written.TrySetResult();
        written = NewSignal();
    }

    private static string Json(object body) => JsonSerializer.Serialize(body);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
