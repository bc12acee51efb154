using System.Text.Json;
using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains.Contracts;
using Orleans.Concurrency;

namespace Grid.Grains.Experiments;

/// <summary>Calls interleave with the run, which works on the same scheduler; what they share changes only between awaits.</summary>
[GrainType(GridGrains.ExperimentType), Reentrant]
internal sealed class ExperimentGrain(IExperimentStore store, GrainSettings settings, GridMeter meter, RunningSweeps running, TimeProvider time) : Grain, IExperimentGrain, IDisposable
{
    private EventFeed? feed;
    private ExperimentRun? run;
    private Task ended = Task.CompletedTask;

    private string Id => this.GetPrimaryKeyString();

    private EventFeed Feed => feed ??= new EventFeed(Id, store, meter, time);

    public async Task Start(bool retryFailed, string? trace = null)
    {
        var row = await Row();
        // Who starts it wants it to run, whatever was asked for before.
        if (row.PauseRequested)
        {
            await store.RequestPause(Id, false);
            row = row with { PauseRequested = false };
        }
        if (!ended.IsCompleted)
            return;
        var next = NewRun(row with { Trace = trace ?? row.Trace }, retryFailed);
        // Before the caller hears that it runs: from here on it is kept running, whatever becomes of this silo.
        await store.SetStatus(Id, ExperimentStatus.Running, null, trace);
        if (ended.IsCompleted)
            Begin(next);
        else
            next.Dispose();
    }

    public async Task Keep(bool askAgain)
    {
        if (!ended.IsCompleted)
        {
            if (askAgain)
                run!.AskAgain();
            return;
        }
        var row = await Row();
        if (!ended.IsCompleted || row.Status != ExperimentStatus.Running)
            return;
        try
        {
            Begin(NewRun(row, retryFailed: false));
        }
        catch (StoreException e)
        {
            // Nobody asked who could be told, and asking again changes nothing.
            await store.SetStatus(Id, ExperimentStatus.Interrupted, time.GetUtcNow());
            await Feed.Append(EventKinds.Ended, new { status = "interrupted", problem = e.Message });
        }
    }

    private void Begin(ExperimentRun next)
    {
        // Work that nobody calls about must not be collected as idle.
        DelayDeactivation(TimeSpan.FromDays(1000));
        run?.Dispose();
        run = next;
        ended = Run(run);
    }

    public Task Cancel() => Stop(ExperimentStatus.Cancelled);

    public Task Interrupt() => Stop(ExperimentStatus.Interrupted);

    public async Task<ExperimentView> View() => run?.View ?? new ExperimentView { Id = Id, Status = (await Row()).Status };

    public Task<IReadOnlyList<ExperimentEvent>> Events(long after, TimeSpan wait, CancellationToken cancellation = default) => Feed.Read(after, wait, cancellation);

    public Task StageEnded(StageEnd end)
    {
        run?.StageEnded(end);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        run?.Stop(settings.Kept ? null : ExperimentStatus.Interrupted);
        await ended.WaitAsync(cancellationToken);
    }

    public void Dispose() => run?.Dispose();

    private ExperimentRun NewRun(ExperimentRow row, bool retryFailed)
    {
        try
        {
            return new ExperimentRun(row, retryFailed, settings.Kept, store, GrainFactory, Feed, meter, time);
        }
        catch (JsonException e)
        {
            throw new StoreException($"The sweep of {Id} cannot be run as it stands in the store: {e.Message}", e);
        }
    }

    private async Task Run(ExperimentRun started)
    {
        using (running.Add(Id, () => started.Counts))
            await started.Run();
        DelayDeactivation(TimeSpan.Zero);
    }

    private async Task Stop(ExperimentStatus status)
    {
        run?.Stop(status);
        await ended;
    }

    private async Task<ExperimentRow> Row() =>
        await store.FindExperiment(Id) ?? throw new StoreException($"There is no experiment '{Id}'. See grid list.");
}
