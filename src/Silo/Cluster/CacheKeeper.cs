using Grid.Experiments.Retention;
using Grid.Experiments.Store;
using Grid.Silo.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grid.Silo.Cluster;

/// <summary>
/// Keeps the folder of this silo from growing for ever: deletes copies of models beyond what it may take, those longest unused first, and files
/// that an interrupted or damaged one left. Nothing is lost with them, the store has every model.
/// </summary>
internal sealed partial class CacheKeeper(ClusterArtifactStore artifacts, SiloSettings settings, TimeProvider time, ILogger<CacheKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            do
                await Trim();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task Trim()
    {
        try
        {
            // What is younger may be in use by a stage that runs.
            await artifacts.Leftovers(Garbage.UsualAge, remove: true);
            var deleted = await artifacts.Trim(settings.CacheSize, Garbage.UsualAge);
            if (deleted.Files > 0)
                Trimmed(logger, deleted.Files, deleted.Bytes / 1e6);
        }
        catch (StoreException e)
        {
            TrimFailed(logger, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Count} copies of models that were not used for long, {Megabytes:0} MB")]
    private static partial void Trimmed(ILogger logger, int count, double megabytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cache could not be cleaned; trying again: {Reason}")]
    private static partial void TrimFailed(ILogger logger, string reason);
}
