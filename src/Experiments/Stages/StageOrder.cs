using Grid.Experiments.Datasets;

namespace Grid.Experiments.Stages;

/// <summary>What a runner process is asked to do: a <see cref="StageSpec"/> with the places of its files on this machine.</summary>
public sealed record StageOrder
{
    public required string Key { get; init; }
    public required StageKind Kind { get; init; }
    public required StageSettings Settings { get; init; }
    public long Seed { get; init; }
    public DataSettings? Data { get; init; }
    public string? InputPath { get; init; }

    /// <summary>SHA-256 of the input file; the runner refuses a file that differs, see <see cref="StageOutcome.DamagedInput"/>.</summary>
    public string? InputSha256 { get; init; }
    public string? ReferencePath { get; init; }
    public string? ReferenceSha256 { get; init; }
    public required string OutputPath { get; init; }

    /// <summary>What an earlier attempt saved, to go on from; a file that cannot be used is passed over.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Least time between two checkpoints, which are written beside the output; null for none.</summary>
    public double? CheckpointSeconds { get; init; }

    /// <summary>Where in a trace the attempt stands (W3C traceparent), for the runner's spans; null where nobody traces it.</summary>
    public string? Trace { get; init; }

    /// <summary>Follows the output's path in the path of whatever is written for a checkpoint.</summary>
    public const string CheckpointMark = ".checkpoint-";

    /// <summary>Where the checkpoint after so many epochs is written.</summary>
    public string CheckpointTarget(int epochs) => $"{OutputPath}{CheckpointMark}{epochs}";
}
