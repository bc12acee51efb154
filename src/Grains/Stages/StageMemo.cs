using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains.Contracts;

namespace Grid.Grains.Stages;

/// <summary>
/// One stage that somebody waits for or that an attempt ends for now. Keeps nothing that the store does not: when it is lost, those who wait ask
/// again. Its calls come one after the other.
/// </summary>
/// <param name="after">Does something with this stage, some time later.</param>
internal sealed class StageMemo(
    string key, IExperimentStore store, IArtifactStore artifacts, IGrainFactory grains, GridMeter meter, Action<TimeSpan, Func<StageMemo, Task>> after)
{
    /// <summary>Attempts that may end in a dead or hung runner before the stage counts as poisoned.</summary>
    private const int MostCrashes = 3;

    /// <summary>From a crash to the next attempt, twice as long after each: what killed the runner may pass, such as a lack of memory.</summary>
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);

    // The latest request of each experiment, in the order in which they asked: the first is the one for whom the work counts as done. Each has
    // an offer of its own, in its pool and with its priority: whichever comes first, the stage is carried out once.
    private readonly List<StageRequest> waiting = [];

    // Where offers may stand, also of those who no longer wait.
    private readonly HashSet<string> pools = [];

    // An attempt that is under way counts, and no other is to begin.
    private bool held;

    /// <summary>Nobody waits: there is nothing to keep.</summary>
    public bool IsIdle => waiting.Count == 0;

    public async Task<StageEnd?> Ensure(StageRequest request)
    {
        var row = await Row(request);
        if (End(row) is { } end)
        {
            Leave(request.Experiment);
            return end;
        }
        if (waiting.FindIndex(w => w.Experiment == request.Experiment) is >= 0 and var place)
            waiting[place] = request;
        else
            waiting.Add(request);
        pools.Add(request.Pool);
        held = false;
        // Also one that is leased: the pool knows who works on it, and the store refuses a second lease as long as the first one lives.
        await grains.Pool(request.Pool).Offer(new StageOffer(request, row.Attempt, row.Status == StageStatus.Pending, row.Trace));
        return null;
    }

    public async Task Forget(string experiment)
    {
        if (!Leave(experiment) || waiting.Count > 0)
            return;
        await Task.WhenAll(pools.Select(pool => grains.Pool(pool).Withdraw(key)));
        pools.Clear();
    }

    public async Task<bool> Hold(StageRequest request)
    {
        // What others wait for goes on; this experiment finds it done when it is resumed.
        var shared = waiting.Exists(w => w.Experiment != request.Experiment);
        if (!shared && (await grains.Pool(request.Pool).Hold(key) || await MayEnd()))
            return held = true;
        Leave(request.Experiment);
        return false;
    }

    public async Task<CompletionAnswer> Complete(AttemptEnd end)
    {
        using var span = end.Trace is { } trace ? Tracing.Begin(GridTelemetry.Spans.Complete, trace) : null;
        await Ended(end.Pool, end.Attempt);
        try
        {
            var answer = end.Report.Outcome == StageOutcome.Done ? await Succeed(end) : await EndAttempt(end);
            if (answer == CompletionAnswer.Stale)
                meter.ResultFenced();
            return answer;
        }
        catch (StoreException e) when (e is not StoreUnavailableException)
        {
            Tell(new StageEnd { Key = key, Ending = StageEnding.Stopped, Error = e.Message });
            return CompletionAnswer.Stale;
        }
    }

    public Task<bool> Checkpoint(int attempt, string artifact) => store.Checkpoint(new StageLease(key, attempt), artifact);

    public async Task Release(int attempt, string pool)
    {
        await Ended(pool, attempt);
        var row = await store.EndAttempt(new StageLease(key, attempt), null, crash: false, final: false);
        await OfferAgain(row);
    }

    public async Task Invalidate(string artifact)
    {
        if (await artifacts.Quarantine(artifact))
            await store.Invalidate(key, artifact);
    }

    /// <summary>The pool hears of it first: the next attempt may be offered to it.</summary>
    private Task Ended(string pool, int attempt) => grains.Pool(pool).Ended(key, attempt);

    private async Task<CompletionAnswer> Succeed(AttemptEnd end)
    {
        var answer = await store.Complete(new StageLease(key, end.Attempt), end.Artifact, end.Report.Result, end.Report.Seconds);
        if (answer != CompletionAnswer.Stale)
            Tell(new StageEnd
            {
                Key = key,
                Ending = StageEnding.Computed,
                Artifact = end.Artifact,
                Result = end.Report.Result,
                Seconds = end.Report.Seconds,
            });
        return answer;
    }

    private async Task<CompletionAnswer> EndAttempt(AttemptEnd end)
    {
        var (report, lease) = (end.Report, new StageLease(key, end.Attempt));
        var crashed = report.Outcome is StageOutcome.Crashed or StageOutcome.TimedOut;
        var before = (await store.FindStages([key])).SingleOrDefault();
        var crashes = crashed ? (before?.Crashes ?? 0) + 1 : 0;
        var final = report.Outcome == StageOutcome.Failed || crashes >= MostCrashes;
        var error = final && crashed ? $"Given up after {crashes} attempts that ended their runner. {report.Error}" : report.Error;
        var row = await store.EndAttempt(lease, error, crashed, final);
        if (row is null || row.Attempt != end.Attempt || row.Status == StageStatus.Done)
            return CompletionAnswer.Stale;

        var ending = row.Status == StageStatus.Failed ? StageEnding.Failed
            : report.Outcome == StageOutcome.DamagedInput ? StageEnding.DamagedInput
            : crashed ? StageEnding.Retried
            : StageEnding.Stopped;
        if (ending == StageEnding.Retried)
        {
            var rest = FirstRest * (1 << (crashes - 1));
            after(rest, stage => stage.OfferAgain(row));
            error = $"{error} The next attempt begins {rest.TotalSeconds:0} s later.";
        }
        Tell(new StageEnd
        {
            Key = key,
            Ending = ending,
            Error = error,
            Damaged = report.DamagedSha256,
            Attempt = new EndedAttempt(end.Attempt, report.Outcome, before?.Holder),
        });
        return CompletionAnswer.Recorded;
    }

    /// <summary>The stage's row, made usable: a result whose model is gone is no result, and a failure to be retried is none.</summary>
    private async Task<StageRow> Row(StageRequest request)
    {
        var row = (await store.EnsureStages([request.Spec], request.Pool))[0];
        if (row.Status == StageStatus.Done && !await IsUsable(row, request))
            await store.Invalidate(key, row.Artifact!);
        else if (row.Status == StageStatus.Failed && request.Retry)
            await store.Retry([key]);
        else
            return row;
        return (await store.EnsureStages([request.Spec], request.Pool))[0];
    }

    /// <summary>
    /// Whether an attempt's end may be on its way that the pool has heard of before, or that comes before the worker hears that it is to give the
    /// lease back.
    /// </summary>
    private async Task<bool> MayEnd() => (await store.FindStages([key])).SingleOrDefault() is { Status: StageStatus.Leased, LeaseLeft: var left } && left > TimeSpan.Zero;

    /// <summary>A measurement holds for the model that was measured, should the stage before ever make another.</summary>
    private async Task<bool> IsUsable(StageRow row, StageRequest request) =>
        (request.Spec.Kind is not (StageKind.Measure or StageKind.Test) || row.Artifact == request.Input) && await artifacts.Has(row.Artifact!);

    private static StageEnd? End(StageRow row) => row.Status switch
    {
        StageStatus.Done => new StageEnd
        {
            Key = row.Key,
            Ending = StageEnding.Reused,
            Artifact = row.Artifact,
            Result = row.Result,
            Seconds = row.Seconds ?? 0,
        },
        StageStatus.Failed => new StageEnd { Key = row.Key, Ending = StageEnding.Failed, Error = row.Error },
        _ => null,
    };

    private Task OfferAgain(StageRow? row) => waiting.Count > 0 && !held && row is { Status: StageStatus.Pending }
        ? Task.WhenAll(waiting.Select(request => grains.Pool(request.Pool).Offer(new StageOffer(request, row.Attempt, Free: true, row.Trace))))
        : Task.CompletedTask;

    private bool Leave(string experiment) => waiting.RemoveAll(w => w.Experiment == experiment) > 0;

    private void Tell(StageEnd end)
    {
        foreach (var request in waiting)
        {
            _ = grains.Experiment(request.Experiment).StageEnded(end);
            // What one had computed the others share.
            if (end.Ending == StageEnding.Computed)
                end = end with { Ending = StageEnding.Reused };
        }
        if (end.Ending == StageEnding.Retried)
            return;
        waiting.Clear();
        pools.Clear();
    }
}
