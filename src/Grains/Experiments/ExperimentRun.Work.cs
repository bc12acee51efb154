using Grid.Experiments.Store;
using Grid.Experiments.Sweeps;

namespace Grid.Grains.Experiments;

/// <summary>What a run does all the time: asks for stages, records ends, waits for the next, and heeds what others request in the store.</summary>
internal sealed partial class ExperimentRun
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>A message that was lost is asked for again.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    /// <summary>Nothing more begins: somebody wants a pause, or the budget of energy or time is used up.</summary>
    private bool Holding => pausing || Account.EndedBy is SweepBudget.EnergyName or SweepBudget.TimeName;

    private bool askAgain;
    private bool pausing;
    private long looked;
    private long asked = time.GetTimestamp();

    private bool MustAskAgain => askAgain || time.GetElapsedTime(asked) >= AskAgainAfter;

    /// <summary>Asks for what is to be asked, records what has ended, then waits for something to do.</summary>
    private async Task Work()
    {
        if (Account.RunsOut())
            await Hold();
        do
        {
            await Ask();
            await Record();
        }
        while (toAsk.Count > 0 || ended.Count > 0);
        if (Holding && !book.Outstanding.Any() && !(testing && open == 0))
        {
            // One that has nothing left to go on with is not paused, but at its end.
            Stop(Account.EndedBy is null or SweepBudget.TrialsName ? ExperimentStatus.Paused : ExperimentStatus.Done);
            stop.Token.ThrowIfCancellationRequested();
        }
        if (open == 0)
            return;
        if (!inbox.Reader.TryPeek(out _))
            await WaitForEnd();
        // Both also where stages end faster than that: what was lost must not wait until nothing else is left.
        if (time.GetElapsedTime(looked) >= LookEvery)
            await Look();
        if (MustAskAgain)
            await AskForOutstanding();
        while (inbox.Reader.TryRead(out var end))
            if (book.Find(end.Key) is { } entry)
                await Handle(entry, end);
    }

    /// <summary>Waits for a stage to end, or something else to do.</summary>
    private async Task WaitForEnd()
    {
        var arrival = inbox.Reader.WaitToReadAsync(stop.Token).AsTask();
        while (await Task.WhenAny(arrival, Task.Delay(LookEvery, time, stop.Token)) != arrival)
            if (await Look() || MustAskAgain)
                return;
        await arrival;
    }

    private async Task AskForOutstanding()
    {
        (asked, askAgain) = (time.GetTimestamp(), false);
        foreach (var end in await Calls.Ensure([.. book.Outstanding], retry: false, stop.Token))
            if (end is not null)
                StageEnded(end);
    }

    /// <summary>Heeds what was requested; true when there may be something to do about it.</summary>
    private async Task<bool> Look()
    {
        stop.Token.ThrowIfCancellationRequested();
        looked = time.GetTimestamp();
        var row = await store.FindExperiment(experiment.Id);
        if (row is null or { CancelRequested: true })
            Stop(ExperimentStatus.Cancelled);
        stop.Token.ThrowIfCancellationRequested();
        var changed = row!.PauseRequested != pausing;
        pausing = row.PauseRequested;
        await Account.Keep();
        var ranOut = Account.RunsOut();
        if (Holding)
            await Hold();
        else if (changed)
            // Those that it waited on for as well: an attempt that was given back meanwhile was not offered again.
            AskForAll();
        return changed || ranOut || Holding;
    }

    /// <summary>Waits only for what a worker has begun. Again and again: what has to be begun anew, because its runner or silo was lost, is not.</summary>
    private async Task Hold()
    {
        var entries = book.Outstanding.ToArray();
        foreach (var (entry, waits) in entries.Zip(await Calls.Hold(entries, stop.Token)))
            if (!waits)
                book.Reopen(entry);
    }

    private void AskForAll()
    {
        foreach (var entry in book.Outstanding.Concat(book.Held).ToArray())
        {
            entry.Asked = true;
            toAsk.Enqueue(entry);
        }
    }

    private async Task Ask()
    {
        if (Holding)
        {
            foreach (var entry in toAsk)
                entry.Asked = false;
            toAsk.Clear();
        }
        while (toAsk.Count > 0)
        {
            stop.Token.ThrowIfCancellationRequested();
            var entries = toAsk.ToArray();
            toAsk.Clear();
            foreach (var (entry, end) in entries.Zip(await Calls.Ensure(entries, retryFailed, stop.Token)))
                if (end is not null)
                    await Handle(entry, end);
        }
    }

    private async Task Record()
    {
        var some = ended.ToArray();
        ended.Clear();
        await Task.WhenAll(some.Select(trial => events.FinishTrial(trial.Number, book.Find(trial.Stages[trial.Position].Key)?.Error)));
    }
}
