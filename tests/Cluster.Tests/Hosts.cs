using Grid.Experiments.Sweeps;
using Grid.Grains.Contracts;

namespace Grid.Cluster.Tests;

/// <summary>Where grains live.</summary>
internal static class Hosts
{
    /// <summary>Name of the silo that hosts a sweep's experiment now; null while none does.</summary>
    public static async Task<string?> HostOf(this TestCluster cluster, Sweep sweep)
    {
        var grains = cluster.Client.Grains;
        var address = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grains.Experiment(ExperimentId.Of(sweep)));
        return address is null
            ? null
            : (await cluster.Client.Cluster.Silos()).Select(s => s.Report).FirstOrDefault(r => r.Address == address.ToParsableString())?.Name;
    }
}
