using Grid.Grains.Contracts;
using Grid.Silo.Settings;
using Grid.Silo.Slots;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grid.Silo.Cluster;

/// <summary>Tells the cluster again and again what this silo offers, and does what it is asked in answer.</summary>
internal sealed partial class SiloReporter(
    IGrainFactory grains, ILocalSiloDetails silo, SiloSettings settings, SlotOptions slots, DrainSwitch drain, TimeProvider time,
    ILogger<SiloReporter> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly DateTimeOffset started = time.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
                await Report(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task Report(CancellationToken stopping)
    {
        var report = new SiloReport(
            silo.Name, silo.SiloAddress.ToParsableString(), [.. Roles(settings.Roles)], slots.Slots, slots.Pools, started, drain.IsOn);
        try
        {
            var orders = await grains.Cluster().Report(report).WaitAsync(stopping);
            if (orders.Drain != drain.IsOn)
                Draining(logger, orders.Drain);
            drain.Set(orders.Drain);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            // The silo that hosts the grain may have died: the next report finds it elsewhere.
            ReportFailed(logger, e.Message);
        }
    }

    private static IEnumerable<string> Roles(SiloRoles roles) =>
        Enum.GetValues<SiloRoles>().Where(r => r != SiloRoles.None && roles.HasFlag(r)).Select(r => r.ToString().ToLowerInvariant());

    [LoggerMessage(Level = LogLevel.Information, Message = "Asked to drain: {Drain}")]
    private static partial void Draining(ILogger logger, bool drain);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reporting to the cluster failed; trying again: {Reason}")]
    private static partial void ReportFailed(ILogger logger, string reason);
}
