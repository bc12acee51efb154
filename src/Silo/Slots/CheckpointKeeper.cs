using System.Threading.Channels;
using Grid.Experiments.Stages;
using Grid.Experiments.Store;
using Grid.Grains.Contracts;
using Microsoft.Extensions.Logging;

namespace Grid.Silo.Slots;

/// <summary>
/// Keeps what one attempt saves: into the artifact store, then onto the stage's row, then what was kept before is removed. One at a time
/// beside the training; where that is slower than they come, the newest only.
/// </summary>
internal sealed partial class CheckpointKeeper
{
    private readonly Channel<string> saved = Channel.CreateBounded<string>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, File.Delete);

    private readonly LeasedStage lease;
    private readonly string output;
    private readonly IStageShardGrain shard;
    private readonly IArtifactStore artifacts;
    private readonly ILogger logger;
    private readonly Task keeping;
    private string? current;

    /// <param name="output">Where the attempt writes its model, and its checkpoints beside.</param>
    public CheckpointKeeper(LeasedStage lease, string output, IStageShardGrain shard, IArtifactStore artifacts, ILogger logger)
    {
        (this.lease, this.output, this.shard, this.artifacts, this.logger) = (lease, output, shard, artifacts, logger);
        current = lease.Checkpoint;
        keeping = Keep();
    }

    /// <summary>Takes the file over.</summary>
    public void Saved(string path, int epochs) => saved.Writer.TryWrite(path);

    /// <summary>Answers once everything saved is kept, before the attempt's end is recorded: after that it would not count.</summary>
    public async Task Finish()
    {
        saved.Writer.TryComplete();
        await keeping;
        // What the runner was writing when it ended.
        foreach (var left in Directory.GetFiles(Path.GetDirectoryName(output)!, $"{Path.GetFileName(output)}{StageOrder.CheckpointMark}*"))
            File.Delete(left);
    }

    /// <summary>The stage has ended, and no row names the last one any more.</summary>
    public Task Forget() => current is null ? Task.CompletedTask : artifacts.Remove(current);

    private async Task Keep()
    {
        await foreach (var path in saved.Reader.ReadAllAsync())
            try
            {
                var artifact = await artifacts.Adopt(path);
                string? useless = artifact;
                if (await shard.Checkpoint(lease.Key, lease.Attempt, artifact))
                    (useless, current) = (current, artifact);
                // The same file twice is one artifact.
                if (useless is not null && useless != current)
                    await artifacts.Remove(useless);
            }
            catch (Exception e)
            {
                // Training goes on. Should it be interrupted, the next attempt begins where the one kept before stands.
                NotKept(logger, lease.Key, e);
            }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A checkpoint of stage {Key} could not be kept")]
    private static partial void NotKept(ILogger logger, string key, Exception e);
}
