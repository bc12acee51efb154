using Grid.Experiments.Store;
using Grid.Silo.Slots;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Silo.Hosting;

/// <summary>What every silo is made of, wherever it runs.</summary>
internal static class SiloServices
{
    /// <param name="store">The authority over everything; stays the caller's to dispose of.</param>
    /// <param name="slots">What this silo computes with.</param>
    public static IServiceCollection AddGrid(
        this IServiceCollection services, IExperimentStore store, IArtifactStore artifacts, SlotOptions slots, TimeProvider time)
    {
        services.AddSingleton(store);
        services.AddSingleton(artifacts);
        services.AddSingleton(slots);
        services.AddSingleton(time);
        // Added after the silo, so it stops before: what it holds can still be given back.
        return services.AddHostedService<SlotWorker>();
    }
}
