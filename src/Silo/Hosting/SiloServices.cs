using Grid.Experiments.Store;
using Grid.Grains;
using Grid.Grains.Serialization;
using Grid.Silo.Security;
using Grid.Silo.Slots;
using Grid.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Grid.Silo.Hosting;

/// <summary>What every silo is made of, wherever it runs.</summary>
internal static class SiloServices
{
    /// <param name="store">The authority over everything; stays the caller's to dispose of.</param>
    /// <param name="slots">What this silo computes with.</param>
    /// <param name="control">Whether it hosts grains.</param>
    public static IServiceCollection AddGrid(
        this IServiceCollection services, IExperimentStore store, IArtifactStore artifacts, SlotOptions slots, GrainSettings grains, TelemetrySettings telemetry,
        TimeProvider time, bool control = true)
    {
        services.AddGridTelemetry(telemetry, store, control);
        services.AddSingleton(artifacts);
        services.AddSingleton(slots);
        services.AddSingleton(grains);
        services.AddSingleton(time);
        services.AddSingleton<DrainSwitch>();
        services.AddSingleton<HeldLeases>();
        // Added after the silo, so it stops before: what it holds can still be given back.
        return services.AddHostedService<SlotWorker>();
    }

    /// <summary>How messages travel between silos and clients.</summary>
    public static void AddGridMessages(this IServiceCollection services)
    {
        services.AddSerializer(serializer => serializer.AddGrid());
        services.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.Add("Grid"));
    }

    /// <summary>How messages travel and what is taken of them, and how long grains that nobody calls stay.</summary>
    public static void AddGridMessages(this ISiloBuilder silo)
    {
        silo.Services.AddGridMessages();
        silo.UseMessageChecks();
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(2));
    }
}
