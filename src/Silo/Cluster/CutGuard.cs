using Grid.Silo.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grid.Silo.Cluster;

/// <summary>
/// Mends what membership does not see: two silos that reach all others but not each other, so that both count as alive, while every call
/// between their grains is lost. When a third says that it reaches the other, one of the two ends itself, as a silo does that was taken
/// for dead: what it ran and hosted goes on elsewhere. Started again it does not get in before the connection is whole.
/// </summary>
internal sealed partial class CutGuard(
    IClusterMembershipService membership, ReachClient reach, ILocalSiloDetails silo, SiloSettings settings, TimeProvider time, ILogger<CutGuard> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>Longer than one that stands still for a moment, or is started, is silent.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    private readonly SilentSilos silent = new(silo.SiloAddress, settings.Roles.HasFlag(SiloRoles.Control), time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Look(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task Look(CancellationToken stopping)
    {
        var others = membership.CurrentSnapshot.Members.Values
            .Where(m => m.Status == SiloStatus.Active && !m.SiloAddress.Equals(silo.SiloAddress)).Select(m => m.SiloAddress).ToArray();
        silent.Keep(others);
        foreach (var (other, answer) in others.Zip(await Task.WhenAll(others.Select(reach.Touch))))
            silent.Note(other, answer);
        foreach (var lost in silent.For(LongestSilence))
        {
            // Also membership's word may be old, when the store is away: what a third reaches now is alive now.
            var witnesses = await Task.WhenAll(others.Where(o => !o.Equals(lost)).Select(o => reach.Reaches(o, lost)));
            stopping.ThrowIfCancellationRequested();
            if (witnesses.OfType<bool>().ToArray() is not [var hosts, ..])
                continue;
            silent.Learn(lost, hosts);
            if (silent.GivesWayTo(lost))
                Environment.FailFast(
                    $"The silo {settings.Name} does not reach {lost}, which others reach, and ends itself so that they go on without the connection. "
                    + "Mend the network between the two; started again, this silo takes part once it reaches every other.");
            Cut(logger, lost.ToParsableString());
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Silo} is not reached from here, but from others: it is to end itself")]
    private static partial void Cut(ILogger logger, string silo);
}
