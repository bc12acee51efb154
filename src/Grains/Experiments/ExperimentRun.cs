using System.Threading.Channels;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;
using Grid.Experiments.Sweeps.Strategies;
using Grid.Experiments.Telemetry;
using Grid.Grains.Contracts;

namespace Grid.Grains.Experiments;

/// <summary>
/// One run of an experiment from its start to its end: takes trials from their source through their stages. Works on the scheduler of
/// its grain alone, so nothing here is locked.
/// </summary>
/// <param name="kept">Whether somebody begins it again when it has to leave off.</param>
internal sealed partial class ExperimentRun(
    ExperimentRow experiment, bool retryFailed, bool kept, IExperimentStore store, IGrainFactory grains, EventFeed events, GridMeter meter,
    TimeProvider time)
    : IDisposable
{
    /// <summary>Trials open at once: enough to keep many slots busy, few enough to stay small.</summary>
    private const int MostOpen = 512;
    private const int MostRecoveries = 3;

    private readonly Sweep sweep = SweepJson.Read(experiment.Sweep);
    private readonly Channel<StageEnd> inbox = Channel.CreateUnbounded<StageEnd>(new() { SingleReader = true });
    private readonly CancellationTokenSource stop = new();
    private readonly StageBook book = new();
    private readonly TimeLeft timeLeft = new(time);
    private readonly List<TrialRun> ended = [];
    private readonly Queue<StageEntry> toAsk = [];
    private ExperimentStatus? stopStatus;
    private ISweepStrategy strategy = null!;
    private TrialSource trials = null!;
    private ExperimentStatus status = ExperimentStatus.Running;
    private string? problem;
    private bool testing;
    private int open;
    private int succeeded;
    private int failed;

    public ExperimentView View => new()
    {
        Id = experiment.Id,
        Status = status,
        TrialsTotal = trials?.Total is { } all ? Math.Min(all, sweep.Budget?.Trials ?? all) : null,
        TrialsSucceeded = succeeded,
        TrialsFailed = failed,
        StagesTotal = Math.Max(book.Total, timeLeft.Planned),
        StagesComputed = book.Computed,
        StagesReused = book.Reused,
        StagesFailed = book.Failed,
        FrontierVersion = succeeded,
        TimeLeft = timeLeft.Estimate(),
        Testing = testing,
        Problem = problem,
        Pausing = pausing && status == ExperimentStatus.Running,
        Spending = Account.Taken,
    };

    /// <summary>For those who look from other threads.</summary>
    public SweepCounts Counts => new(succeeded, failed, book.Computed, book.Reused);

    private SweepAccount Account => field ??= new SweepAccount(experiment.Id, sweep, store, time);

    private StageCalls Calls => field ??= new StageCalls(experiment, sweep, book, grains, time);

    /// <summary>As many as the budget allows are begun.</summary>
    private bool NoMoreTrials => Account.TrialsLeft(trials.Begun) <= 0;

    private bool Busy => open > 0 || ended.Count > 0;

    public void StageEnded(StageEnd end) => inbox.Writer.TryWrite(end);

    /// <summary>Messages may have been lost: every stage that is waited for is asked for again.</summary>
    public void AskAgain() => askAgain = true;

    /// <summary>Makes the run end soon, with that status; null leaves it as it stands in the store, for another silo to go on with.</summary>
    public void Stop(ExperimentStatus? ending, string? reason = null)
    {
        if (stop.IsCancellationRequested || status != ExperimentStatus.Running)
            return;
        (stopStatus, problem) = (ending, reason);
        stop.Cancel();
    }

    /// <summary>Answers when everything is recorded. What goes wrong is in <see cref="View"/>; nothing is thrown.</summary>
    public async Task Run()
    {
        ExperimentStatus? ending = ExperimentStatus.Done;
        try
        {
            await events.Append(EventKinds.Started, new { retryFailed });
            strategy = SweepStrategies.Create(sweep);
            trials = new TrialSource(experiment.Id, sweep, strategy, store);
            timeLeft.Begin(sweep);
            await Account.Begin();
            await Look();
            while (!(trials.Finished || NoMoreTrials) || Busy)
            {
                if (!trials.Finished && !NoMoreTrials && !Holding && open < MostOpen)
                    Open(await trials.Next(Math.Min(MostOpen - open, Account.TrialsLeft(trials.Begun))));
                await Work();
            }
            if (!trials.Finished)
                Account.TrialsRunOut();
            testing = true;
            Open(await trials.ToTest());
            while (Busy)
                await Work();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            ending = stopStatus;
        }
        catch (Exception e) when (kept && Patience.IsPassing(e))
        {
            // The store was away for longer than its patience. What is done stands in it; the run is begun again when it is back.
            ending = null;
        }
        catch (Exception e)
        {
            // Whatever it is, the user must hear of it: nobody awaits this.
            (ending, problem) = (ExperimentStatus.Interrupted, e is StoreException ? e.Message : e.ToString());
        }
        testing = false;
        if (ending is { } end)
            await End(end);
    }

    public void Dispose() => stop.Dispose();

    private async Task End(ExperimentStatus ending)
    {
        try
        {
            await Calls.Forget(book.Outstanding);
            await Account.Save();
            await store.SetStatus(experiment.Id, ending, time.GetUtcNow());
            await events.Append(EventKinds.Ended, new { status = ending.ToString().ToLowerInvariant(), problem, budget = Account.EndedBy });
        }
        catch (StoreException e)
        {
            problem ??= e.Message;
            ending = ending == ExperimentStatus.Done ? ExperimentStatus.Interrupted : ending;
        }
        status = ending;
    }

    private void Open(IReadOnlyList<TrialRun> some)
    {
        open += some.Count;
        foreach (var trial in some)
            Advance(trial);
    }

    private async Task Handle(StageEntry entry, StageEnd end)
    {
        var isLast = end.Ending is StageEnding.Computed or StageEnding.Reused or StageEnding.Failed;
        if (isLast && !book.End(entry, end))
            return;
        if (end.Ending == StageEnding.Stopped)
            Stop(ExperimentStatus.Interrupted, end.Error);
        await TellAttempt(entry, end);
        if (end.Ending == StageEnding.DamagedInput)
            await Recover(entry, end);
        if (isLast)
            Settle(entry, end);
    }

    /// <summary>Takes note of how a stage ended for good, and lets the trials that wait for it go on.</summary>
    private void Settle(StageEntry entry, StageEnd end)
    {
        if (Account.Carried(entry.Spec, end) is { } uncounted)
            Stop(ExperimentStatus.Interrupted, uncounted);
        timeLeft.Ended(entry.Spec.Kind, end);
        if (entry.IsDone)
            meter.StageGot(reused: entry.Ending == StageEnding.Reused);
        if (entry.Spec.Kind == StageKind.Measure)
            foreach (var trial in entry.Waiting.Where(t => !t.Tests && t.IsFirstLeaf(entry.Spec)))
                strategy.Tell(trial.Configuration, entry.IsDone ? end.Result!.Metrics : null);
        Release(entry);
        book.Shelve(entry);
    }

    /// <summary>Tells of an attempt that ended without success.</summary>
    private async Task TellAttempt(StageEntry entry, StageEnd end)
    {
        try
        {
            if (end.Attempt is not null)
                await events.AttemptEnded(entry.Spec.Kind, end);
        }
        catch (StoreException) when (end.Ending == StageEnding.Stopped)
        {
            // The disk that a stage found full may be the store's, which then holds no event either; what stopped the run is told all the same.
        }
    }

    /// <summary>Takes the trials that wait for a stage as far as they get.</summary>
    private void Release(StageEntry entry)
    {
        var waiting = entry.Waiting.ToArray();
        entry.Waiting.Clear();
        foreach (var trial in waiting)
            Advance(trial);
    }

    private void Advance(TrialRun trial)
    {
        for (; trial.Position < trial.Stages.Count; trial.Position++)
        {
            var ending = book.Ending(trial.Stages[trial.Position].Key);
            if (ending is StageEnding.Computed or StageEnding.Reused)
                continue;
            if (ending == StageEnding.Failed)
            {
                Finish(trial, success: false);
                return;
            }
            foreach (var next in trial.Next)
                if (book[next].Wait(trial))
                    toAsk.Enqueue(book[next]);
            return;
        }
        trial.Position--;
        Finish(trial, success: true);
    }

    private void Finish(TrialRun trial, bool success)
    {
        open--;
        // Its other measurements may end later, which is nothing to it any more.
        foreach (var other in trial.Next)
            book.Find(other.Key)?.Waiting.Remove(trial);
        if (trial.Tests)
            return;
        (succeeded, failed) = success ? (succeeded + 1, failed) : (succeeded, failed + 1);
        ended.Add(trial);
    }

    /// <summary>The trials that wait go back to the stage that made the damaged model; it is made again.</summary>
    private async Task Recover(StageEntry entry, StageEnd end)
    {
        var damaged = entry.Waiting.SelectMany(t => t.Stages).FirstOrDefault(
            s => s.Kind is not (StageKind.Measure or StageKind.Test) && book.Artifact(s.Key) == end.Damaged);
        var maker = damaged is null ? null : book[damaged];
        if (entry.Ending is not null || entry.Waiting.Count == 0)
            return;
        if (maker is null || entry.Waiting.Any(t => t.Recoveries >= MostRecoveries))
        {
            await Handle(entry, end with { Ending = StageEnding.Failed, Attempt = null });
            return;
        }
        // Several may find the same damage: it is being made good already if the stage is open.
        if (maker.IsDone)
        {
            await Calls.Invalidate(maker, end.Damaged!);
            book.Reopen(maker);
        }
        book.Reopen(entry);
        foreach (var trial in entry.Waiting)
            trial.GoBack(maker.Spec);
        Release(entry);
    }
}
