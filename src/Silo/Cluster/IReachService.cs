using Orleans.Services;

namespace Grid.Silo.Cluster;

/// <summary>One on every silo, whatever its roles: shows that silos reach each other.</summary>
[Alias("grid.reach")]
internal interface IReachService : IGrainService
{
    /// <summary>Answers whether this silo hosts grains.</summary>
    [Alias("touch")]
    Task<bool> Touch();

    /// <summary>Whether another silo hosts grains, as it says itself; null when this one does not reach it.</summary>
    /// <param name="silo">Its address with its generation; anything else is not reached.</param>
    [Alias("reaches")]
    Task<bool?> Reaches(string silo);
}
