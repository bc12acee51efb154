using Grid.Experiments.Datasets;

namespace Grid.Experiments.Stages;

/// <summary>Everything a stage may use.</summary>
public sealed class StageContext
{
    public required StageSettings Settings { get; init; }

    /// <summary>0 for a stage that draws no random numbers.</summary>
    public long Seed { get; init; }

    /// <summary>The parent's model; null for the first stage of a zoo network. For the first stage of a user's network, that file.</summary>
    public string? InputPath { get; init; }

    /// <summary>The uncompressed model a measurement is compared with.</summary>
    public string? ReferencePath { get; init; }

    /// <summary>Where to write the model. Stages that make none (measure, test) leave it alone.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Loads the stage's data once; throws when the stage has none.</summary>
    public required Func<Dataset> Data { get; init; }

    /// <summary>Share done, 0 to 1, and a short text such as "epoch 2/5, loss 0.31".</summary>
    public Action<double, string> Report { get; init; } = (_, _) => { };

    /// <summary>Null where nobody keeps them.</summary>
    public StageCheckpoints? Checkpoints { get; init; }

    public CancellationToken Cancellation { get; init; }
}
