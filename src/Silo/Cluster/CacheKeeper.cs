using Grid.Experiments.Retention;
using Grid.Experiments.Store;
using Grid.Silo.Settings;
using Grid.Silo.Slots;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grid.Silo.Cluster;

/// <summary>
/// Keeps the folder of this silo from growing for ever: deletes copies of models beyond what it may take, those longest unused first, and files
/// that a silo before this one left. Nothing is lost with them: the store has every model, and what this silo is at stays, however long it takes.
/// </summary>
internal sealed partial class CacheKeeper(
    ClusterArtifactStore artifacts, HeldLeases held, SiloSettings settings, TimeProvider time, ILogger<CacheKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan every = TimeSpan.FromMinutes(5);

    private readonly long begun = time.GetTimestamp();

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
            foreach (var artifact in held.Artifacts)
                await artifacts.Use(artifact);
            // None of this process: a model that is done lies there until the store, which may be away for long, has taken it. Another silo may share the folder.
            await artifacts.Leftovers(Garbage.UsualAge + time.GetElapsedTime(begun), remove: true);
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
