using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Microsoft.Extensions.Hosting;

namespace Grid.Silo.Telemetry;

/// <summary>Has the store's calls timed and traced while this process runs.</summary>
internal sealed class StoreMetering(IExperimentStore store, GridMeter meter) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        store.Measure(meter);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
