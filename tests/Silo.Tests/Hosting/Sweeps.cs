using Grid.Experiments.Stages;
using Grid.Experiments.Sweeps;
using Grid.Tests;

namespace Grid.Silo.Tests.Hosting;

/// <summary>Valid sweeps without a file.</summary>
internal static class Sweeps
{
    /// <summary>Ten trials of one network: the reference, and nine ways to prune and fine-tune it.</summary>
    public static Sweep Small { get; } = AnySweep.Of(
        "small", [StageKind.Prune, StageKind.FineTune],
        new("prune.ratio", ["0.3", "0.6", "0.9"]), new("finetune.epochs", ["0", "1", "2"]));
}
