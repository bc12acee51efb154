using Orleans.Services;

namespace Grid.Silo.Cluster;

/// <summary>One on every silo, whatever its roles: shows that silos reach each other.</summary>
[Alias("grid.reach")]
internal interface IReachService : IGrainService
{
    /// <summary>Answers whether this silo hosts grains.</summary>
    [Alias("touch")]
    Task<bool> Touch();

    /// <summary>Whether this silo reaches another.</summary>
    /// <param name="silo">Its address with its generation; anything else is not reached.</param>
    [Alias("reaches")]
    Task<bool> Reaches(string silo);
}
