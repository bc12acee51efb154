using Grid.Silo.Settings;
using Microsoft.Extensions.Logging;

namespace Grid.Silo.Cluster;

internal sealed class ReachService(
    GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggers, ReachClient client, SiloSettings settings, IClusterMembershipService membership)
    : GrainService(id, silo, loggers), IReachService
{
    public Task<bool> Touch() => Task.FromResult(settings.Roles.HasFlag(SiloRoles.Control));

    public async Task<bool?> Reaches(string silo)
    {
        // Only members are called, whoever asks.
        var member = membership.CurrentSnapshot.Members.Keys.FirstOrDefault(address => address.ToParsableString() == silo);
        return member is null ? null : await client.Touch(member);
    }
}
