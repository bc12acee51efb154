namespace Grid.Experiments.Stages;

/// <summary>
/// The version of each stage's code. Raise it in the same commit that changes what the stage computes: results of the old
/// code are then no longer mistaken for results of the new.
/// </summary>
public static class StageVersions
{
    public static int Of(StageKind kind) => kind switch
    {
        StageKind.Source => 1,
        StageKind.Train => 1,
        StageKind.Prune => 2,
        StageKind.FineTune => 1,
        StageKind.Quantize => 2,
        StageKind.Measure => 2,
        StageKind.Test => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
