using Grid.Experiments.Store;
using Grid.Grains.Contracts;

namespace Grid.Silo.Hosting;

/// <summary>A grid to work with: embedded in this process, or a cluster.</summary>
public interface IGrid
{
    IExperimentStore Store { get; }

    IArtifactStore Artifacts { get; }

    IGrainFactory Grains { get; }

    /// <summary>What waits and runs in each pool that a silo serves.</summary>
    /// <param name="also">Pools to tell of whether a silo serves them or not.</param>
    Task<IReadOnlyList<PoolView>> Pools(params IEnumerable<string> also);
}
