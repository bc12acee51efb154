using Orleans.Runtime.Services;

namespace Grid.Silo.Cluster;

/// <summary>Calls a silo directly, whichever the membership says may be called.</summary>
internal sealed class ReachClient(IServiceProvider services) : GrainServiceClient<IReachService>(services)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Whether the silo hosts grains; null when it does not answer in time.</summary>
    public Task<bool?> Touch(SiloAddress silo) => Ask(silo, async service => await service.Touch());

    /// <summary>Whether the other hosts grains; null when the first does not reach it, or does not answer in time itself.</summary>
    public Task<bool?> Reaches(SiloAddress silo, SiloAddress other) => Ask(silo, service => service.Reaches(other.ToParsableString()));

    private async Task<bool?> Ask(SiloAddress silo, Func<IReachService, Task<bool?>> question)
    {
        try
        {
            return await question(GetGrainService(silo)).WaitAsync(Patience, TimeProvider.System);
        }
        catch (Exception e) when (Grains.Patience.IsPassing(e))
        {
            return null;
        }
    }
}
