using Orleans.Configuration;

namespace Grid.Silo.Cluster;

/// <summary>
/// How fast a cluster takes a silent silo for dead: after three probes of a second each without an answer, two silos agreeing where there are
/// so many. A silo that was killed is found out faster, by its closed connections. Erring costs little: a silo wrongly taken for dead ends
/// itself, and what it ran is run again.
/// </summary>
internal static class Membership
{
    public static void Configure(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 3;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        // After all silos died at once, the first new one waits until those in the table are stale: three of these.
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(1);
        // Clocks may differ by as much as this: to a silo that is an hour fast, one that joins was started an hour ago.
        options.SiloGenerationRetirementAge = TimeSpan.FromDays(1);
        // For the same reason nobody is taken for dead because it seems to have been joining for long. One that died at that is in nobody's way.
        options.EvictWhenMaxJoinAttemptTimeExceeded = false;
        options.DefunctSiloExpiration = TimeSpan.FromDays(1);
        options.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
    }
}
