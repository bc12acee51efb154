using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Grid.Grains;
using Grid.Grains.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grid.Silo.Cluster;

/// <summary>
/// Keeps what the store calls running really running. Grains live and die with their silos; every control silo looks after all of them, which
/// does no harm as every call is safe to repeat: experiments whose grain was lost are begun again, and what a dead silo had leased is
/// free for others at once.
/// </summary>
internal sealed partial class ExperimentKeeper(
    IGrainFactory grains, IExperimentStore store, IClusterMembershipService membership, GridMeter meter, TimeProvider time,
    ILogger<ExperimentKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private readonly HashSet<SiloAddress> buried = [];
    private readonly SemaphoreSlim turn = new(1);

    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(WatchMembers(stoppingToken), WatchClock(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task WatchMembers(CancellationToken cancellation)
    {
        await foreach (var _ in membership.MembershipUpdates.WithCancellation(cancellation))
            await Look(cancellation);
    }

    private async Task WatchClock(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(cancellation))
            await Look(cancellation);
    }

    private async Task Look(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var dead = membership.CurrentSnapshot.Members.Values
                .Where(m => m.Status == SiloStatus.Dead && !buried.Contains(m.SiloAddress)).ToList();
            foreach (var silo in dead)
                await Bury(HolderName.Of(silo.Name, silo.SiloAddress.ToParsableString()));
            var running = await store.ListExperiments(ExperimentStatus.Running);
            await Task.WhenAll(running.Select(e => Keep(e.Id, dead.Count > 0))).WaitAsync(cancellation);
            buried.UnionWith(dead.Select(m => m.SiloAddress));
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LookFailed(logger, Patience.IsPassing(e) ? e.Message : e.ToString());
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task Keep(string id, bool askAgain)
    {
        try
        {
            await grains.Experiment(id).Keep(askAgain);
        }
        catch (Exception e)
        {
            // One that cannot be kept must not keep the others from it.
            KeepFailed(logger, id, e.Message);
        }
    }

    /// <summary>Nobody but the dead could complete these leases, and the dead do not come back.</summary>
    private async Task Bury(string holder)
    {
        var lost = await store.ReleaseHolder(holder);
        meter.LeasesReclaimed(lost.Count, ReclaimReason.HolderDead);
        if (lost.Count > 0)
            Reclaimed(logger, lost.Count, holder);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking after running experiments failed; trying again: {Reason}")]
    private static partial void LookFailed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The experiment {Id} could not be looked after; trying again: {Reason}")]
    private static partial void KeepFailed(ILogger logger, string id, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} stages of {Holder}, which is dead, wait for another silo")]
    private static partial void Reclaimed(ILogger logger, int count, string holder);
}
