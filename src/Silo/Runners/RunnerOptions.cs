namespace Grid.Silo.Runners;

/// <summary>How runner processes are started and kept.</summary>
public sealed record RunnerOptions
{
    /// <summary>The executable; null for the one that <see cref="RunnerLocator"/> finds.</summary>
    public string? Executable { get; init; }

    /// <summary>
    /// Set beside the variables of this process, which the runner gets too (GRID_DATA among them). One thread a runner: with small networks
    /// more threads only get in each other's way, and slots use the cores.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>
    {
        ["OMP_NUM_THREADS"] = "1",
        ["MKL_NUM_THREADS"] = "1",
        ["OPENBLAS_NUM_THREADS"] = "1",
    };

    /// <summary>A runner larger than this, in bytes, after a stage is replaced by a fresh one.</summary>
    public long LargestWorkingSet { get; init; } = 1L << 30;
}
