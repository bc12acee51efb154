using Grid.Experiments.Store;
using Grid.Experiments.Telemetry;
using Microsoft.Extensions.Hosting;

namespace Grid.Silo.Telemetry;

/// <summary>Has the store's calls timed and traced from when this process has started.</summary>
internal sealed class StoreTiming(IExperimentStore store, GridMeter meter) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        store.TimeCalls(meter);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
